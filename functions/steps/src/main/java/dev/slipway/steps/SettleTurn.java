package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Ends a turn when no task runs any more that may have the login before, a job of before it as little as a service's. */
public final class SettleTurn extends Step<SettleTurn.Input, SettleTurn.Output> {
    private final EcsClient ecs;
    private final Turns turns;
    private final JsonArtifacts artifacts;

    public SettleTurn() {
        this(Settings.fromEnvironment());
    }

    private SettleTurn(Settings settings) {
        this(
                Clients.of(EcsClient.builder()),
                new TurnTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())));
    }

    SettleTurn(EcsClient ecs, Turns turns, JsonArtifacts artifacts) {
        super(Input.class);
        this.ecs = ecs;
        this.turns = turns;
        this.artifacts = artifacts;
    }

    /**
     * Which turn.
     *
     * @param execution that holds it
     * @param back whether it is the way back
     */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) String execution,
            @JsonProperty(required = true) boolean back) {}

    /**
     * Whether it is settled.
     *
     * @param login that the app has, 1 or 2
     * @param awaited ARNs of the tasks that are left
     */
    public record Output(boolean done, int turn, int login, List<String> awaited) {}

    @Override
    protected Output take(Input input) {
        Turn.Stage stage = input.back() ? Turn.Stage.RETURNING : Turn.Stage.GIVEN;
        Turn turn = turns.require(input.app(), input.execution(), Set.of(stage, Turn.Stage.SETTLED));
        Attempt attempt = new Attempt(input.app(), turn.attempt());
        int login = input.back() ? turn.loginBefore() : turn.login();
        List<String> left =
                left(attempt, artifacts.read(attempt.turn(turn.number(), input.back()), Redeployment.class));
        if (left.isEmpty()) {
            turns.advance(input.app(), input.execution(), Set.of(stage), Turn.Stage.SETTLED);
        }
        return new Output(left.isEmpty(), turn.number(), login, left);
    }

    private List<String> left(Attempt attempt, Redeployment begun) {
        TargetOutputs target = artifacts.read(attempt.target(), TargetOutputs.class);
        return new ClusterTasks(ecs, target.value("ClusterName")).alive(begun.earlierTasks());
    }
}
