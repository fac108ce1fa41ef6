package dev.slipway.steps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;
import software.amazon.awssdk.services.ecs.paginators.ListTasksIterable;

/** A cluster with one service, whose deployments a test moves on, and whatever tasks it has. */
final class TurningCluster implements EcsClient {
    private static final String FAILED = "arn:aws:ecs:us-east-1:123456789012:task/shop/7f3a";

    private final List<UpdateServiceRequest> forced = new ArrayList<>();
    private final Map<String, String> tasks = new TreeMap<>();
    private List<Deployment> deployments = List.of(deployment("before", DeploymentRolloutState.COMPLETED));
    private int running = 3;

    TurningCluster task(String arn, String status) {
        tasks.put(arn, status);
        return this;
    }

    void ends(String arn) {
        tasks.put(arn, "STOPPED");
    }

    TurningCluster runs(int count) {
        running = count;
        return this;
    }

    TurningCluster deploys(Deployment... now) {
        deployments = List.of(now);
        return this;
    }

    List<UpdateServiceRequest> forced() {
        return forced;
    }

    static Deployment deployment(String id, DeploymentRolloutState state) {
        return Deployment.builder()
                .id(id)
                .status("PRIMARY")
                .rolloutState(state)
                .rolloutStateReason("tasks failed to start.")
                .build();
    }

    @Override
    public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
        return DescribeServicesResponse.builder().services(service()).build();
    }

    private Service service() {
        return Service.builder()
                .serviceName("web-service")
                .desiredCount(3)
                .runningCount(running)
                .deployments(deployments)
                .build();
    }

    @Override
    public UpdateServiceResponse updateService(UpdateServiceRequest request) {
        forced.add(request);
        deploys(
                deployment("own-" + forced.size(), DeploymentRolloutState.IN_PROGRESS),
                Deployment.builder().id("before").status("ACTIVE").build());
        return UpdateServiceResponse.builder().service(service()).build();
    }

    @Override
    public ListTasksResponse listTasks(ListTasksRequest request) {
        if (request.serviceName() != null) {
            return ListTasksResponse.builder().taskArns(FAILED).build();
        }
        boolean stopping = "STOPPED".equals(request.desiredStatusAsString());
        return ListTasksResponse.builder()
                .taskArns(tasks.entrySet().stream()
                        .filter(task -> stopping != task.getValue().equals("RUNNING"))
                        .map(Map.Entry::getKey)
                        .toList())
                .build();
    }

    @Override
    public ListTasksIterable listTasksPaginator(ListTasksRequest request) {
        return new ListTasksIterable(this, request);
    }

    @Override
    public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
        if (request.tasks().contains(FAILED)) {
            return DescribeTasksResponse.builder().tasks(failed()).build();
        }
        return DescribeTasksResponse.builder()
                .tasks(tasks.entrySet().stream()
                        .filter(task -> request.tasks().contains(task.getKey()))
                        .map(task -> Task.builder()
                                .taskArn(task.getKey())
                                .lastStatus(task.getValue())
                                .build())
                        .toList())
                .build();
    }

    private static Task failed() {
        return Task.builder()
                .taskArn(FAILED)
                .taskDefinitionArn("definition")
                .stoppedAt(Instant.parse("2026-11-21T09:00:00Z"))
                .stoppedReason("Essential container in task exited")
                .containers(Container.builder().name("web").exitCode(1).build())
                .build();
    }

    @Override
    public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
        return new FakeTasks().describeTaskDefinition(request);
    }

    @Override
    public String serviceName() {
        return "ecs";
    }

    @Override
    public void close() {}
}
