package dev.slipway.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceNotActiveException;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** A cluster with one service, {@code web}, others that are told of, and the one task that was run last. */
final class FakeTasks implements EcsClient {
    static final String IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1.4";

    private final List<RunTaskRequest> started = new ArrayList<>();
    private Task task = Task.builder().build();
    private final List<String> removed = new ArrayList<>();
    private final Map<String, Service> others = new TreeMap<>();
    private String definition = "definition";
    private boolean lost;
    private int desired;
    private List<Deployment> deployments = List.of();

    List<RunTaskRequest> started() {
        return started;
    }

    /** Ends the task. */
    void stop(@Nullable Integer exitCode, String reason) {
        task = Task.builder()
                .taskArn("arn:aws:ecs:us-east-1:123456789012:task/shop/7f3a")
                .taskDefinitionArn("definition")
                .lastStatus("STOPPED")
                .stoppedReason(reason)
                .stoppedAt(java.time.Instant.parse("2026-11-21T09:00:00Z"))
                .containers(Container.builder().name("web").exitCode(exitCode).build())
                .build();
    }

    void deploys(Deployment... now) {
        deployments = List.of(now);
    }

    /** The service runs that many tasks of that revision. */
    FakeTasks runs(String revision, int count) {
        definition = revision;
        desired = count;
        return this;
    }

    /** Another service, which is not looked after any further. */
    void runs(String service, String revision, int count) {
        others.put(
                service,
                Service.builder()
                        .serviceName(service)
                        .taskDefinition(revision)
                        .desiredCount(count)
                        .build());
    }

    Optional<String> definition(String service) {
        return Optional.ofNullable(others.get(service)).map(Service::taskDefinition);
    }

    int desired(String service) {
        return Objects.requireNonNull(others.get(service)).desiredCount();
    }

    /** A revision that was deregistered. */
    FakeTasks removes(String revision) {
        removed.add(revision);
        return this;
    }

    String definition() {
        return definition;
    }

    int desired() {
        return desired;
    }

    @Override
    public RunTaskResponse runTask(RunTaskRequest request) {
        started.add(request);
        task = Task.builder()
                .taskArn("arn:aws:ecs:us-east-1:123456789012:task/shop/7f3a")
                .lastStatus("RUNNING")
                .build();
        return RunTaskResponse.builder().tasks(task).build();
    }

    @Override
    public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
        return DescribeTasksResponse.builder().tasks(task).build();
    }

    @Override
    public ListTasksResponse listTasks(ListTasksRequest request) {
        return ListTasksResponse.builder().taskArns("7f3a").build();
    }

    @Override
    public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
        return DescribeServicesResponse.builder()
                .services(Service.builder()
                        .serviceName("web-service")
                        .taskDefinition(definition)
                        .desiredCount(desired)
                        .runningCount(desired)
                        .deployments(deployments)
                        .build())
                .build();
    }

    /** Every service is deleted: ECS still describes it for a while. */
    FakeTasks loses() {
        lost = true;
        return this;
    }

    @Override
    public UpdateServiceResponse updateService(UpdateServiceRequest request) {
        if (lost) {
            throw ServiceNotActiveException.builder()
                    .message("Service was not ACTIVE.")
                    .build();
        }
        if (removed.contains(request.taskDefinition())) {
            throw ClientException.builder()
                    .message("TaskDefinition is inactive")
                    .build();
        }
        if (others.containsKey(request.service())) {
            String before = others.get(request.service()).taskDefinition();
            runs(
                    request.service(),
                    request.taskDefinition() == null ? before : request.taskDefinition(),
                    request.desiredCount());
            return UpdateServiceResponse.builder().build();
        }
        desired = request.desiredCount();
        definition = request.taskDefinition() == null ? definition : request.taskDefinition();
        return UpdateServiceResponse.builder().build();
    }

    @Override
    public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
        return DescribeTaskDefinitionResponse.builder()
                .taskDefinition(TaskDefinition.builder()
                        .containerDefinitions(ContainerDefinition.builder()
                                .name("web")
                                .image(IMAGE)
                                .logConfiguration(LogConfiguration.builder()
                                        .options(Map.of("awslogs-group", "shop", "awslogs-stream-prefix", "web"))
                                        .build())
                                .build())
                        .build())
                .build();
    }

    @Override
    public String serviceName() {
        return "ecs";
    }

    @Override
    public void close() {}
}
