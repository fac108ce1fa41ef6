package dev.slipway.steps;

import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/** Whether the number of a service's tasks follows its load. The stack registers none at least, and no way down. */
final class ServiceScaling {
    private final ApplicationAutoScalingClient scaling;

    ServiceScaling(ApplicationAutoScalingClient scaling) {
        this.scaling = scaling;
    }

    /** Lets it follow from now on, down to what the plan says is the least. */
    void follow(Plan plan, TargetOutputs target) {
        registerEach(plan, target, false);
    }

    /** Holds it, so that a service that is stopped stays so. */
    void hold(Plan plan, TargetOutputs target) {
        registerEach(plan, target, true);
    }

    private void registerEach(Plan plan, TargetOutputs target, boolean held) {
        plan.services()
                .forEach(service -> service.scaling()
                        .ifPresent(wanted -> resource(service.name(), target)
                                .ifPresent(resource -> register(resource, held ? 0 : wanted.least(), held))));
    }

    private void register(String resource, int least, boolean held) {
        scaling.registerScalableTarget(request -> request.serviceNamespace(ServiceNamespace.ECS)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .resourceId(resource)
                .minCapacity(least)
                .suspendedState(state -> state.dynamicScalingInSuspended(held)));
    }

    private static Optional<String> resource(String service, TargetOutputs target) {
        return Optional.ofNullable(target.values().get(LogicalName.of(service) + "ScalableTarget"));
    }
}
