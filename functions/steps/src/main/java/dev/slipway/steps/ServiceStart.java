package dev.slipway.steps;

import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.PlannedService;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Starts services of a target, and says when they are steady and healthy. No call waits. */
record ServiceStart(EcsClient ecs, ElasticLoadBalancingV2Client balancers, TaskLog log, TargetOutputs target) {

    String cluster() {
        return target.value("ClusterName");
    }

    /** The service as ECS has it. @throws DeployFailed if it has none of that name */
    Service describe(PlannedService planned) {
        String name = target.value(LogicalName.of(planned.name()) + "Service");
        return ecs.describeServices(request -> request.cluster(cluster()).services(name)).services().stream()
                .findFirst()
                .orElseThrow(() -> new DeployFailed(
                        "start the service " + name,
                        "the cluster has none of that name",
                        "provision the target again"));
    }

    /** The revision that the stack made; a service that an earlier attempt put back runs another one. */
    String definition(PlannedService planned) {
        return Optional.ofNullable(target.values().get(LogicalName.of(planned.name()) + "TaskDefinition"))
                .orElseGet(() -> describe(planned).taskDefinition());
    }

    /**
     * Starts as many tasks as the plan says, of the stack's own revision, where there are less or other ones.
     *
     * @return whether all of them run, no older ones do, and the load balancer finds them healthy
     * @throws DeployFailed if they do not come up, with the last lines of one that stopped
     */
    boolean isHealthy(PlannedService planned) {
        Service service = describe(planned);
        String definition = definition(planned);
        if (service.desiredCount() < planned.count()
                || !service.taskDefinition().equals(definition)) {
            // Without a deployment of its own nothing would count the tasks that fail.
            ecs.updateService(request -> request.cluster(cluster())
                    .service(service.serviceName())
                    .taskDefinition(definition)
                    .desiredCount(planned.count())
                    .forceNewDeployment(true));
            return false;
        }
        refuseFailed(planned, service);
        return service.runningCount() >= planned.count()
                && isSteady(service.deployments())
                && isHealthyToLoadBalancer(planned);
    }

    static boolean isSteady(List<Deployment> deployments) {
        return deployments.size() <= 1
                && deployments.stream()
                        .noneMatch(deployment -> deployment.rolloutState() == DeploymentRolloutState.IN_PROGRESS);
    }

    private void refuseFailed(PlannedService planned, Service service) {
        service.deployments().stream()
                .filter(deployment -> deployment.rolloutState() == DeploymentRolloutState.FAILED)
                .findFirst()
                .ifPresent(deployment -> {
                    String ending = log.lastEnding(cluster(), service.serviceName())
                            .map(last -> "; a task ended with " + last)
                            .orElse("");
                    throw new DeployFailed(
                            "start the service " + planned.name(),
                            deployment.rolloutStateReason() + ending,
                            "mend what that says; all stays on the source");
                });
    }

    /** Whether as many as the plan says are registered and answer; one that is not public is. */
    boolean isHealthyToLoadBalancer(PlannedService planned) {
        return isHealthyToLoadBalancer(planned, planned.count());
    }

    /** Whether so many are registered and answer; one that is not public is. */
    boolean isHealthyToLoadBalancer(PlannedService planned, int count) {
        if (planned.paths().isEmpty()) {
            return true;
        }
        String group = target.value(LogicalName.of(planned.name()) + "TargetGroupArn");
        long healthy =
                balancers
                        .describeTargetHealth(request -> request.targetGroupArn(group))
                        .targetHealthDescriptions()
                        .stream()
                        .filter(found -> found.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
                        .count();
        return healthy >= count;
    }
}
