package dev.slipway.steps;

import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Whether the load balancer finds all servers healthy that it leads to. Nothing is started on them: they run already. */
record ServerHealth(ElasticLoadBalancingV2Client balancers, JsonArtifacts artifacts, InstantSource clock) {
    /** For a new server to start, and for a person to open a security group. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** When an attempt first looked at its servers. */
    record FirstLook(Instant at) {}

    /**
     * Those that are not healthy, each with what the load balancer says of it; none: all are.
     *
     * @throws DeployFailed if they are not after {@link #PATIENCE}
     */
    List<String> awaited(Attempt attempt, Plan plan, TargetOutputs target) {
        List<String> awaited = plan.services().stream()
                .flatMap(service -> unhealthy(service, target))
                .toList();
        if (!awaited.isEmpty() && firstLook(attempt).plus(PATIENCE).isBefore(clock.instant())) {
            throw new DeployFailed(
                    "reach the servers behind the load balancer",
                    "after " + PATIENCE.toMinutes() + " minutes it does not find all of them healthy: "
                            + String.join("; ", awaited),
                    "see that each runs, answers its health path with 200 to 399, and that its security group lets "
                            + target.value("LoadBalancerSecurityGroup") + " in; all traffic stays where it is");
        }
        return awaited;
    }

    private Instant firstLook(Attempt attempt) {
        return artifacts
                .find(attempt.serverLook(), FirstLook.class)
                .map(FirstLook::at)
                .orElseGet(() -> {
                    Instant now = clock.instant();
                    artifacts.write(attempt.serverLook(), new FirstLook(now));
                    return now;
                });
    }

    private Stream<String> unhealthy(PlannedService service, TargetOutputs target) {
        String group = target.value(LogicalName.of(service.name()) + "TargetGroupArn");
        List<TargetHealthDescription> found = balancers
                .describeTargetHealth(request -> request.targetGroupArn(group))
                .targetHealthDescriptions();
        if (found.size() < service.count()) {
            return Stream.of(service.name() + " has " + found.size() + " of " + service.count() + " servers");
        }
        return found.stream()
                .filter(each -> each.targetHealth().state() != TargetHealthStateEnum.HEALTHY)
                .map(each ->
                        each.target().id() + " on port " + each.target().port() + " is " + words(each.targetHealth()));
    }

    private static String words(TargetHealth health) {
        String why = Stream.of(health.reasonAsString(), health.description())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        return health.stateAsString() + (why.isEmpty() ? "" : " (" + why + ")");
    }
}
