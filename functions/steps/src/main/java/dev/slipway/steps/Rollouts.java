package dev.slipway.steps;

import dev.slipway.kubernetes.Rollout;
import dev.slipway.migration.TargetOutputs;

/** The way into the Kubernetes cluster of a target. */
@FunctionalInterface
interface Rollouts {
    /** That of an app; it is to be closed. */
    Rollout open(TargetOutputs target, String app);
}
