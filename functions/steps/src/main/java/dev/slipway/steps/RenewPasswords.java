package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.S3Artifacts;
import dev.slipway.blueprints.TargetEndpoints;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Gives the login whose turn it is a new password in its secret, once in a turn; the database knows nothing of it yet. */
public final class RenewPasswords extends Step<RenewPasswords.Input, RenewPasswords.Output> {
    private final FlatSecrets secrets;
    private final Turns turns;
    private final JsonArtifacts artifacts;

    public RenewPasswords() {
        this(Settings.fromEnvironment());
    }

    private RenewPasswords(Settings settings) {
        this(
                new FlatSecrets(Clients.of(SecretsManagerClient.builder())),
                new TurnTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())));
    }

    RenewPasswords(FlatSecrets secrets, Turns turns, JsonArtifacts artifacts) {
        super(Input.class);
        this.secrets = secrets;
        this.turns = turns;
        this.artifacts = artifacts;
    }

    /** @param execution that holds the turn */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) String execution) {}

    /**
     * Whose passwords are new.
     *
     * @param secrets ARNs
     * @param version that each of them has had since
     */
    public record Output(List<String> secrets, String version) {}

    @Override
    protected Output take(Input input) {
        Turn turn = turns.require(input.app(), input.execution(), Set.of(Turn.Stage.BEGUN));
        Attempt attempt = new Attempt(input.app(), turn.attempt());
        TargetEndpoints endpoints =
                new TargetEndpoints(artifacts.read(attempt.target(), TargetOutputs.class), secrets::read);
        List<PlannedStore> stores = RotatedStores.of(artifacts.read(attempt.plan(), Plan.class));
        List<String> renewed = stores.stream()
                .map(store -> endpoints.loginSecret(store, turn.login()))
                .toList();
        String version = version(input.app(), turn);
        renewed.forEach(secret -> secrets.renewPassword(secret, version));
        return new Output(renewed, version);
    }

    /** The same whenever the step is taken in one turn. */
    private static String version(String app, Turn turn) {
        String name = app + "/" + turn.attempt() + "/" + turn.number();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
