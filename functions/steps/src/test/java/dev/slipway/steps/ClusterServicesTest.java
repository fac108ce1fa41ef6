package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.account.FlatSecrets;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.AppNotFound;
import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.ExamplePlan;
import dev.slipway.migration.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterServicesTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 2);
    private static final Plan PLAN = ExamplePlan.of("shop").plan();
    private static final TargetOutputs TARGET =
            new TargetOutputs(Map.of("AppSecretArn", "arn:secret", "ClusterName", "shop"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FakeRollout cluster = new FakeRollout();
    private Instant now = Instant.parse("2026-11-22T20:00:00Z");

    @BeforeEach
    void plan() {
        artifacts().writeText(ATTEMPT.manifests(), "{apiVersion: v1, kind: ConfigMap, metadata: {name: unused}}");
    }

    @Test
    void preparesOnceRunsJobsStartsOnceAndWaits() {
        cluster.awaits(Optional.of("the job seed"), List.of("web"));
        assertThat(awaited()).containsExactly("the job seed");
        assertThat(awaited()).containsExactly("the job seed");
        cluster.awaits(Optional.empty(), List.of("web"));
        assertThat(awaited()).containsExactly("web");
        assertThat(awaited()).containsExactly("web");
        cluster.awaits(Optional.empty(), List.of());
        assertThat(awaited()).isEmpty();
        assertThat(cluster.told())
                .containsExactly("prepare shop 2", "close", "close", "start", "close", "close", "close");
    }

    @Test
    void givesTheManifestsWhatTheTargetAndItsSecretTell() {
        awaited();
        assertThat(cluster.values())
                .containsEntry("output:ClusterName", "shop")
                .containsEntry("secret:web.DATABASE_URL", "postgres://target");
    }

    @Test
    void writesNoSecretIntoTheArtifacts() {
        awaited();
        assertThat(artifacts().text(ATTEMPT.rollout()).orElseThrow()).doesNotContain("postgres://target");
    }

    @Test
    void givesUpOnPodsThatStayUnreadyAndTellsWhatTheySaid() {
        cluster.awaits(Optional.empty(), List.of("web"));
        awaited();
        now = now.plus(Duration.ofMinutes(14));
        assertThat(awaited()).containsExactly("web");
        now = now.plus(Duration.ofMinutes(2));
        assertThatThrownBy(this::awaited)
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("start the service web but its pods are not ready after 15 minutes")
                .hasMessageContaining("web said nothing good");
    }

    @Test
    void saysWhatToDoWhereTheAttemptHasNoManifests() {
        artifacts().delete(ATTEMPT.manifests());
        assertThatThrownBy(this::awaited).isInstanceOf(AppNotFound.class).hasMessageContaining("upload the app again");
        assertThat(cluster.told()).containsExactly("close");
    }

    private List<String> awaited() {
        FlatSecrets secrets = new FlatSecrets(new OneSecret("{\"web.DATABASE_URL\": \"postgres://target\"}"));
        return new ClusterServices(cluster.anywhere(), secrets, artifacts(), () -> now).awaited(ATTEMPT, PLAN, TARGET);
    }

    private JsonArtifacts artifacts() {
        return new JsonArtifacts(new FolderArtifacts(folder));
    }
}
