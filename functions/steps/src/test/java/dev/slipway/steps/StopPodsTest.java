package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.ExamplePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;

class StopPodsTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FakeRollout cluster = new FakeRollout();

    @Test
    void stopsThePodsOfAClusterAndItsSchedules() {
        artifacts().write(ATTEMPT.plan(), ExamplePlan.of("shop").inCluster().plan());
        artifacts().write(ATTEMPT.target(), new TargetOutputs(Map.of("ClusterName", "shop")));
        assertThat(stop()).containsExactly("web");
        assertThat(cluster.told()).containsExactly("stop", "close");
    }

    @Test
    void hasNothingToDoWhereNoTargetWasMade() {
        assertThat(stop()).isEmpty();
        assertThat(cluster.told()).isEmpty();
    }

    private List<String> stop() {
        return new StopServices(new FakeTasks(), new ServiceScaling(new NoScaling()), cluster.anywhere(), artifacts())
                .take(new StopServices.Input("shop", 1))
                .stopped();
    }

    private JsonArtifacts artifacts() {
        return new JsonArtifacts(new FolderArtifacts(folder));
    }

    private record NoScaling() implements ApplicationAutoScalingClient {
        @Override
        public String serviceName() {
            return "application-autoscaling";
        }

        @Override
        public void close() {}
    }
}
