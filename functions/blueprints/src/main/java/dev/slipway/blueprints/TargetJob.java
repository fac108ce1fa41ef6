package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of the app's jobs: a task definition, which Deploy services runs once, or which the clock runs. */
record TargetJob(TargetSpec spec, PlannedJob job) {

    void addTo(Template template) {
        job.schedule()
                .ifPresent(expression -> template.add(Blueprint.named("schedule")
                        .place(
                                LogicalName.of(job.name()),
                                Map.of(
                                        "Expression",
                                        expression,
                                        "Cluster",
                                        Intrinsic.attribute("Cluster.Arn"),
                                        "TaskDefinition",
                                        TargetTask.of(job).definition(),
                                        "Roles",
                                        roles(),
                                        "Subnets",
                                        TargetNetwork.subnets("ServicesSubnet"),
                                        "SecurityGroup",
                                        TargetAccess.group(job)))));
    }

    private List<Object> roles() {
        List<Object> roles = new ArrayList<>(List.of(Intrinsic.attribute("ExecutionRole.Arn")));
        TaskRole own = new TaskRole(spec, TargetTask.of(job));
        if (own.usesTheAccount()) {
            roles.add(own.arn());
        }
        return roles;
    }
}
