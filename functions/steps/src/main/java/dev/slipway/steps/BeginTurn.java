package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.S3Artifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.AppNotFound;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.MigrationLocked;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Compute;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Begins a turn of an app's logins, or takes over the one that an execution which ended has left. */
public final class BeginTurn extends Step<BeginTurn.Input, BeginTurn.Output> {
    private final SfnClient machines;
    private final FlatSecrets secrets;
    private final Migrations migrations;
    private final Turns turns;
    private final JsonArtifacts artifacts;

    public BeginTurn() {
        this(Settings.fromEnvironment());
    }

    private BeginTurn(Settings settings) {
        this(settings, Clients.of(DynamoDbClient.builder()));
    }

    private BeginTurn(Settings settings, DynamoDbClient dynamo) {
        this(
                Clients.of(SfnClient.builder()),
                new FlatSecrets(Clients.of(SecretsManagerClient.builder())),
                new MigrationTable(dynamo, settings.table()),
                new TurnTable(dynamo, settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())));
    }

    BeginTurn(SfnClient machines, FlatSecrets secrets, Migrations migrations, Turns turns, JsonArtifacts artifacts) {
        super(Input.class);
        this.machines = machines;
        this.secrets = secrets;
        this.migrations = migrations;
        this.turns = turns;
        this.artifacts = artifacts;
    }

    /** @param execution ARN of the one that is to hold the turn */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) String execution) {}

    /**
     * The turn that the execution holds now.
     *
     * @param stage where it stands
     * @param login that the app is to come by, 1 or 2
     * @param stores whose logins are turned
     * @param subnets where workers run, with commas between them; empty: those of the pipeline
     * @param securityGroups theirs, in the same way
     */
    public record Output(
            int attempt,
            int turn,
            String stage,
            int login,
            List<PlannedWork.Store> stores,
            String subnets,
            String securityGroups) {}

    @Override
    protected Output take(Input input) {
        Migrations.Row row = migrations
                .find(input.app())
                .orElseThrow(() ->
                        new AppNotFound(tried(input.app()), "there is no migration of that app", "name another one"));
        if (row.phase() != Phase.COMPLETE) {
            throw new MigrationLocked(
                    tried(input.app()),
                    "its migration is in phase " + row.phase() + " and not COMPLETE",
                    "start again when it is");
        }
        Plan plan = artifacts.read(row.attempt().plan(), Plan.class);
        List<PlannedStore> stores = stores(plan);
        TargetOutputs target = artifacts.read(row.attempt().target(), TargetOutputs.class);
        Turn turn = hold(input, row.attempt().number(), new LoginKeys(plan, target, secrets));
        WorkerNetwork network = WorkerNetwork.of(target);
        return new Output(
                turn.attempt(),
                turn.number(),
                turn.stage().name(),
                turn.login(),
                stores.stream().map(PlannedWork.Store::of).toList(),
                network.subnets(),
                network.securityGroups());
    }

    private static List<PlannedStore> stores(Plan plan) {
        List<PlannedStore> stores = RotatedStores.of(plan);
        if (stores.isEmpty()) {
            throw new InvalidInput(
                    tried(plan.app()),
                    "none of its stores has 'rotation' in the slipway.yaml that it was moved with",
                    "nothing is to be done here");
        }
        if (plan.target().compute() != Compute.FARGATE) {
            throw new InvalidInput(
                    tried(plan.app()),
                    "its services do not run on Fargate, and nothing else is deployed anew by this machine",
                    "take the turn by hand, as docs/target.md says");
        }
        return stores;
    }

    private Turn hold(Input input, int attempt, LoginKeys keys) {
        Optional<Turn> found = turns.find(input.app());
        found.filter(before -> !before.execution().equals(input.execution()))
                .map(Turn::execution)
                .filter(this::isRunning)
                .ifPresent(holder -> {
                    throw new MigrationLocked(
                            tried(input.app()), "the execution " + holder + " is at it", "wait for its end");
                });
        Turn turn = found.filter(before -> before.stage() != Turn.Stage.SETTLED)
                .filter(before -> before.attempt() == attempt)
                .map(before -> before.heldBy(input.execution()))
                .orElseGet(() -> next(found, attempt, keys).heldBy(input.execution()));
        turns.take(input.app(), found, turn);
        return turn;
    }

    private static Turn next(Optional<Turn> found, int attempt, LoginKeys keys) {
        int number = found.map(Turn::number).orElse(0) + 1;
        int idle = keys.current() == 1 ? 2 : 1;
        return new Turn(number, attempt, idle, Turn.Stage.BEGUN, "");
    }

    /** One that Step Functions has forgotten ended long ago. */
    private boolean isRunning(String execution) {
        try {
            return machines.describeExecution(request -> request.executionArn(execution))
                            .status()
                    == ExecutionStatus.RUNNING;
        } catch (ExecutionDoesNotExistException forgotten) {
            return false;
        }
    }

    private static String tried(String app) {
        return "turn the logins of " + app;
    }
}
