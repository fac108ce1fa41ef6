package dev.slipway.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a workload's newest pods run, all of them and no others, as {@code kubectl rollout status} has it. */
final class Readiness {
    private Readiness() {}

    static boolean isReady(HasMetadata workload) {
        return switch (workload) {
            case Deployment deployment -> isReady(deployment);
            case StatefulSet set -> isReady(set);
            default -> true;
        };
    }

    /** How many pods it is asked for. */
    static int wanted(HasMetadata workload) {
        return switch (workload) {
            case Deployment deployment -> wanted(deployment.getSpec().getReplicas());
            case StatefulSet set -> wanted(set.getSpec().getReplicas());
            default -> 0;
        };
    }

    private static boolean isReady(Deployment deployment) {
        DeploymentStatus status = Optional.ofNullable(deployment.getStatus()).orElseGet(DeploymentStatus::new);
        int wanted = wanted(deployment.getSpec().getReplicas());
        return isSeen(deployment, status.getObservedGeneration())
                && number(status.getUpdatedReplicas()) >= wanted
                && number(status.getReplicas()) <= number(status.getUpdatedReplicas())
                && number(status.getAvailableReplicas()) >= wanted;
    }

    private static boolean isReady(StatefulSet set) {
        StatefulSetStatus status = Optional.ofNullable(set.getStatus()).orElseGet(StatefulSetStatus::new);
        int wanted = wanted(set.getSpec().getReplicas());
        return isSeen(set, status.getObservedGeneration())
                && number(status.getUpdatedReplicas()) >= wanted
                && number(status.getReadyReplicas()) >= wanted;
    }

    /** A controller that has not seen the last change tells of the one before. */
    private static boolean isSeen(HasMetadata workload, @Nullable Long seen) {
        long generation =
                Optional.ofNullable(workload.getMetadata().getGeneration()).orElse(0L);
        return Optional.ofNullable(seen).orElse(0L) >= generation;
    }

    private static int wanted(@Nullable Integer replicas) {
        return replicas == null ? 1 : replicas;
    }

    private static int number(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
