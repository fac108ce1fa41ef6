package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.planning.Planner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;

class StopServicesTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 2);
    private static final String SERVICE = "arn:aws:ecs:us-east-1:123456789012:service/shop/web-service";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FakeTasks tasks = new FakeTasks().runs("web:1", 2);

    @BeforeEach
    void plan() {
        AppBundle bundle = AppFiles.readUploaded("shop", "services: {web: {image: 'shop/web:1'}}", "");
        artifacts().write(ATTEMPT.plan(), new Planner().plan(bundle.app(), bundle.spec()));
    }

    @Test
    void stopsWhatTheAttemptMade() {
        provision();
        assertThat(take()).isEqualTo(new StopServices.Output(List.of("web-service"), List.of()));
        assertThat(tasks.desired()).isZero();
        assertThat(tasks.definition()).isEqualTo("web:1");
    }

    @Test
    void returnsAServiceToTheRevisionThatItRanBefore() {
        remember();
        provision();
        tasks.runs("web:2", 3);
        assertThat(take()).isEqualTo(new StopServices.Output(List.of(), List.of("web-service")));
        assertThat(tasks.definition()).isEqualTo("web:1");
        assertThat(tasks.desired()).isEqualTo(2);
        assertThat(take()).as("a second time").isEqualTo(new StopServices.Output(List.of(), List.of("web-service")));
    }

    @Test
    void leavesAServiceStoppedThatWasStoppedBefore() {
        tasks.runs("web:1", 0);
        remember();
        provision();
        tasks.runs("web:2", 3);
        take();
        assertThat(tasks.definition()).isEqualTo("web:1");
        assertThat(tasks.desired()).isZero();
    }

    @Test
    void stopsAServiceWhoseEarlierRevisionIsGone() {
        remember();
        provision();
        tasks.runs("web:2", 3).removes("web:1");
        assertThat(take()).isEqualTo(new StopServices.Output(List.of("web-service"), List.of()));
        assertThat(tasks.desired()).isZero();
    }

    /** As a cutover removes those that ran twice, and somebody rolls back in the middle of that. */
    @Test
    void stopsWhatIsStillThere() {
        remember();
        provision();
        tasks.loses();
        assertThat(take()).isEqualTo(new StopServices.Output(List.of(), List.of()));
    }

    /** The stack had been changed when the attempt failed, and its outputs were not written down. */
    @Test
    void returnsItWhereProvisioningWasNotFinished() {
        remember();
        tasks.runs("web:2", 0);
        assertThat(take().returned()).containsExactly("web-service");
        assertThat(tasks.definition()).isEqualTo("web:1");
    }

    @Test
    void doesNothingWhereNoTargetWasMade() {
        assertThat(take()).isEqualTo(new StopServices.Output(List.of(), List.of()));
        assertThat(tasks.desired()).isEqualTo(2);
    }

    private void remember() {
        artifacts().write(ATTEMPT.earlierServices(), EarlierServices.of(tasks, List.of(SERVICE)));
    }

    private void provision() {
        artifacts()
                .write(ATTEMPT.target(), new TargetOutputs(Map.of("ClusterName", "shop", "WebService", "web-service")));
    }

    private StopServices.Output take() {
        return new StopServices(tasks, new ServiceScaling(new NoScaling()), new FakeRollout().anywhere(), artifacts())
                .take(new StopServices.Input("shop", 2));
    }

    private JsonArtifacts artifacts() {
        return new JsonArtifacts(new FolderArtifacts(folder));
    }

    /** The plan here has none. */
    private record NoScaling() implements ApplicationAutoScalingClient {
        @Override
        public String serviceName() {
            return "application-autoscaling";
        }

        @Override
        public void close() {}
    }
}
