package dev.slipway.blueprints;

import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import java.util.Map;
import java.util.stream.Collectors;

/** The load balancer's groups of the services that run twice. */
public final class ForerunnerGroups {
    private ForerunnerGroups() {}

    /** ARNs of the lasting services' groups by those of their forerunners, as far as the target has any. */
    public static Map<String, String> of(Plan plan, TargetOutputs target) {
        return plan.doubled().stream()
                .filter(TargetSpec::isPublic)
                .filter(service -> target.values().containsKey(output(service.forerunner())))
                .collect(Collectors.toMap(
                        service -> arn(service.forerunner(), target), service -> arn(service, target)));
    }

    private static String arn(PlannedService service, TargetOutputs target) {
        return target.value(output(service));
    }

    private static String output(PlannedService service) {
        return LogicalName.of(service.name()) + "TargetGroupArn";
    }
}
