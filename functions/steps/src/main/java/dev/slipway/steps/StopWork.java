package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.migration.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/**
 * Stops what works for an attempt: the migration's execution and its nested ones (only for a rollback), then the workers' tasks.
 * Neither an abort nor a heartbeat that expires stops a task.
 */
public final class StopWork extends Step<StopWork.Input, StopWork.Output> {
    private static final String NESTED_PREFIX = "m-";

    private final EcsClient ecs;
    private final SfnClient machines;
    private final Migrations migrations;
    private final JsonArtifacts artifacts;
    private final Settings settings;

    public StopWork() {
        this(Settings.fromEnvironment());
    }

    private StopWork(Settings settings) {
        this(
                Clients.of(EcsClient.builder()),
                Clients.of(SfnClient.builder()),
                new MigrationTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())),
                settings);
    }

    StopWork(EcsClient ecs, SfnClient machines, Migrations migrations, JsonArtifacts artifacts, Settings settings) {
        super(Input.class);
        this.ecs = ecs;
        this.machines = machines;
        this.migrations = migrations;
        this.artifacts = artifacts;
        this.settings = settings;
    }

    /**
     * What is to be stopped.
     *
     * @param group tasks of that group and of those below it
     * @param rollback true for a rollback: nested executions are stopped too, and the stores of the plan are answered
     * @param execution the migration's own execution, where that is to be stopped as well
     */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) String group,
            Optional<Boolean> rollback,
            Optional<String> execution) {}

    /**
     * How many were stopped, and, for a rollback, which stores the plan has and where workers reach them from.
     *
     * @param live whether their targets follow
     * @param subnets with commas between them; empty: those of the pipeline
     * @param securityGroups in the same way
     */
    public record Output(
            int executions,
            int tasks,
            List<PlannedWork.Store> stores,
            boolean live,
            String subnets,
            String securityGroups) {}

    @Override
    protected Output take(Input input) {
        boolean rollback = input.rollback().orElse(false);
        int executions = rollback ? stopExecutions(input) : 0;
        int tasks = stopTasks(input.group());
        WorkerNetwork network = rollback ? networkOf(input.app()) : WorkerNetwork.OF_THE_PIPELINE;
        Optional<Plan> plan = rollback ? planOf(input.app()) : Optional.empty();
        return new Output(
                executions,
                tasks,
                plan.map(PlannedWork::stores).orElse(List.of()),
                plan.map(Plan::isLive).orElse(false),
                network.subnets(),
                network.securityGroups());
    }

    private int stopExecutions(Input input) {
        int attempt =
                migrations.find(input.app()).map(row -> row.attempt().number()).orElse(0);
        List<String> running = Stream.concat(
                        input.execution().stream(), nested(NESTED_PREFIX + input.app() + "-" + attempt + "-"))
                .toList();
        running.forEach(execution -> machines.stopExecution(request -> request.executionArn(execution)
                .error(StaleAttempt.class.getName())
                .cause("A rollback took the migration over")));
        return running.size();
    }

    private Stream<String> nested(String prefix) {
        return machines.listStateMachinesPaginator().stateMachines().stream()
                .filter(machine -> machine.name().startsWith(settings.stack() + "-"))
                .map(StateMachineListItem::stateMachineArn)
                .flatMap(machine -> machines
                        .listExecutionsPaginator(
                                request -> request.stateMachineArn(machine).statusFilter(ExecutionStatus.RUNNING))
                        .executions()
                        .stream())
                .filter(execution -> execution.name().startsWith(prefix))
                .map(ExecutionListItem::executionArn);
    }

    private int stopTasks(String group) {
        List<Task> tasks = ecs
                .listTasksPaginator(
                        request -> request.cluster(settings.cluster()).desiredStatus(DesiredStatus.RUNNING))
                .taskArns()
                .stream()
                .flatMap(arn ->
                        ecs
                                .describeTasks(request ->
                                        request.cluster(settings.cluster()).tasks(arn))
                                .tasks()
                                .stream())
                .filter(task -> task.group() != null && isWithin(task.group(), group))
                .toList();
        tasks.forEach(task -> ecs.stopTask(request -> request.cluster(settings.cluster())
                .task(task.taskArn())
                .reason("Slipway: superseded (" + group + ")")));
        return tasks.size();
    }

    /** The group of one store is not that of another whose name begins like it. */
    static boolean isWithin(String group, String wanted) {
        return group.equals(wanted) || group.startsWith(wanted.endsWith("/") ? wanted : wanted + "/");
    }

    private WorkerNetwork networkOf(String app) {
        return migrations
                .find(app)
                .flatMap(row -> artifacts.find(row.attempt().target(), TargetOutputs.class))
                .map(WorkerNetwork::of)
                .orElse(WorkerNetwork.OF_THE_PIPELINE);
    }

    private Optional<Plan> planOf(String app) {
        return migrations.find(app).flatMap(row -> artifacts.find(row.attempt().plan(), Plan.class));
    }
}
