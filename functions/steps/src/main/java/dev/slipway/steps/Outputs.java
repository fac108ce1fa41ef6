package dev.slipway.steps;

import dev.slipway.migration.TargetOutputs;

/** The names under which the target's stack tells what the steps need. */
final class Outputs {
    private Outputs() {}

    /** As CloudWatch's dimension LoadBalancer has it: {@code app/name/id}. */
    static String loadBalancer(TargetOutputs target) {
        return target.value("LoadBalancerFullName");
    }
}
