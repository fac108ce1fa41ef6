package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.S3Artifacts;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Writes the login whose turn it is into the app's secret, or the one before again. That is noted first: from then on new tasks have it. */
public final class GiveLogin extends Step<GiveLogin.Input, GiveLogin.Output> {
    private final FlatSecrets secrets;
    private final Turns turns;
    private final JsonArtifacts artifacts;

    public GiveLogin() {
        this(Settings.fromEnvironment());
    }

    private GiveLogin(Settings settings) {
        this(
                new FlatSecrets(Clients.of(SecretsManagerClient.builder())),
                new TurnTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())));
    }

    GiveLogin(FlatSecrets secrets, Turns turns, JsonArtifacts artifacts) {
        super(Input.class);
        this.secrets = secrets;
        this.turns = turns;
        this.artifacts = artifacts;
    }

    /**
     * Which way.
     *
     * @param execution that holds the turn
     * @param back whether the app is to have the login before
     */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) String execution,
            @JsonProperty(required = true) boolean back) {}

    /** @param login that the app's secret has now, 1 or 2 */
    public record Output(int login) {}

    @Override
    protected Output take(Input input) {
        Turn turn = input.back()
                ? turns.advance(input.app(), input.execution(), Set.of(Turn.Stage.GIVEN), Turn.Stage.RETURNING)
                : turns.advance(input.app(), input.execution(), Set.of(Turn.Stage.BEGUN), Turn.Stage.GIVEN);
        Attempt attempt = new Attempt(input.app(), turn.attempt());
        int login = input.back() ? turn.loginBefore() : turn.login();
        new LoginKeys(
                        artifacts.read(attempt.plan(), Plan.class),
                        artifacts.read(attempt.target(), TargetOutputs.class),
                        secrets)
                .give(login);
        return new Output(login);
    }
}
