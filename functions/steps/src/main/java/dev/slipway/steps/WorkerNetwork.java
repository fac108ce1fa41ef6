package dev.slipway.steps;

import dev.slipway.migration.TargetOutputs;

/**
 * Where the workers run once there is a target: as ids with commas between them, which a machine splits.
 *
 * @param subnets empty: those of the pipeline
 * @param securityGroups empty: those of the pipeline
 */
record WorkerNetwork(String subnets, String securityGroups) {
    static final WorkerNetwork OF_THE_PIPELINE = new WorkerNetwork("", "");

    /** That of the target, where its stack tells of one. */
    static WorkerNetwork of(TargetOutputs target) {
        String subnets = target.values().getOrDefault("ServicesSubnets", "");
        String group = target.values().getOrDefault("WorkersSecurityGroup", "");
        return subnets.isEmpty() || group.isEmpty() ? OF_THE_PIPELINE : new WorkerNetwork(subnets, group);
    }
}
