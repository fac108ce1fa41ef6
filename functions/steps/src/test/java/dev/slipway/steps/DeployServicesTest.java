package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.account.FlatSecrets;
import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.planning.Planner;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

class DeployServicesTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 2);
    private static final String COMPOSE = """
            services:
              db: {image: "postgres:16", ports: ["5432:5432"], environment: {POSTGRES_PASSWORD: pw}}
              web:
                build: .
                environment: {DATABASE_URL: "postgres://postgres:pw@db/postgres"}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FakeMigrations migrations = new FakeMigrations(ATTEMPT, Phase.VERIFIED);
    private final FakeTasks tasks = new FakeTasks();
    private boolean pushed = true;

    @BeforeEach
    void provision() {
        plan("schema: {command: alembic upgrade head}");
        artifacts()
                .write(
                        ATTEMPT.target(),
                        new TargetOutputs(Map.of(
                                "ClusterName",
                                "shop",
                                "WebService",
                                "web-service",
                                "LoadBalancerDnsName",
                                "balancer.example")));
        tasks.deploys(deployment(DeploymentRolloutState.COMPLETED, ""));
    }

    @Test
    void runsTheSchemaCommandOnceBeforeItStartsAService() {
        assertThat(take().awaited()).isEqualTo("the schema command 'alembic upgrade head'");
        assertThat(take().done()).as("it is still running").isFalse();
        assertThat(tasks.started()).hasSize(1);
        assertThat(tasks.desired()).isZero();
        assertThat(tasks.started().getFirst().overrides().containerOverrides())
                .containsExactly(ContainerOverride.builder()
                        .name("web")
                        .command("sh", "-c", "alembic upgrade head")
                        .build());
        tasks.stop(0, "Essential container in task exited");
        assertThat(take().awaited()).isEqualTo("web");
        assertThat(tasks.desired()).isPositive();
        assertThat(take().done()).isTrue();
        assertThat(tasks.started()).hasSize(1);
        assertThat(migrations.phase()).isEqualTo(Phase.DEPLOYED);
    }

    @Test
    void tellsTheLastLinesOfASchemaCommandThatFailed() {
        take();
        tasks.stop(1, "Essential container in task exited");
        assertThatThrownBy(this::take)
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("run the schema command 'alembic upgrade head' once but it ended with exit code 1"
                        + " (Essential container in task exited); its last lines: line 1 | line 2")
                .hasMessageContaining("the target takes no writes before Cut over");
    }

    @Test
    void tellsTheLastLinesOfAServiceThatDoesNotComeUp() {
        plan("");
        take();
        tasks.stop(137, "OutOfMemoryError");
        tasks.deploys(
                deployment(DeploymentRolloutState.FAILED, "ECS deployment circuit breaker: tasks failed to start."));
        assertThatThrownBy(this::take)
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("circuit breaker: tasks failed to start.; a task ended with exit code 137"
                        + " (OutOfMemoryError); its last lines: line 1 | line 2");
    }

    @Test
    void waitsUntilNoOlderTaskRuns() {
        plan("");
        take();
        tasks.deploys(
                deployment(DeploymentRolloutState.IN_PROGRESS, ""), deployment(DeploymentRolloutState.COMPLETED, ""));
        assertThat(take().done()).isFalse();
    }

    /** An earlier attempt's rollback put an older one back, which CloudFormation does not know of. */
    @Test
    void startsTheRevisionOfTheStackWhateverRanBefore() {
        plan("");
        artifacts()
                .write(
                        ATTEMPT.target(),
                        new TargetOutputs(Map.of(
                                "ClusterName", "shop", "WebService", "web-service", "WebTaskDefinition", "web:2")));
        tasks.runs("web:1", 5);
        assertThat(take().done()).isFalse();
        assertThat(tasks.definition()).isEqualTo("web:2");
        assertThat(take().done()).isTrue();
    }

    /** As it stays with services: an earlier attempt's rollback put an older one back. */
    @Test
    void startsTheCollectorOfTheStacksRevision() {
        plan("");
        artifacts()
                .write(
                        ATTEMPT.target(),
                        new TargetOutputs(Map.of(
                                "ClusterName", "shop",
                                "WebService", "web-service",
                                "CollectorService", "collector",
                                "CollectorTaskDefinition", "collector:2")));
        take();
        assertThat(tasks.definition("collector")).as("the services come first").isEmpty();
        tasks.runs("collector", "collector:1", 0);
        assertThat(take().done()).isTrue();
        assertThat(tasks.definition("collector")).contains("collector:2");
        assertThat(tasks.desired("collector")).isEqualTo(1);
    }

    /** Its registry did not have it when the images were copied. */
    @Test
    void namesAnImageThatIsNamedAndBuiltAndThatNobodyPushed() {
        AppBundle bundle = AppFiles.readUploaded(
                "shop", COMPOSE.replace("build: .", "build: .\n    image: shop/web:1.4"), "strategy: freeze");
        artifacts().write(ATTEMPT.plan(), new Planner().plan(bundle.app(), bundle.spec()));
        pushed = false;
        assertThatThrownBy(this::take)
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("their images are not there: " + FakeTasks.IMAGE);
    }

    @Test
    void namesTheImagesThatSomebodyHasToPush() {
        pushed = false;
        assertThatThrownBy(this::take)
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("their images are not there: " + FakeTasks.IMAGE);
        assertThat(tasks.started()).isEmpty();
    }

    private static Deployment deployment(DeploymentRolloutState state, String reason) {
        return Deployment.builder()
                .rolloutState(state)
                .rolloutStateReason(reason)
                .build();
    }

    private void plan(String spec) {
        AppBundle bundle = AppFiles.readUploaded("shop", COMPOSE, "strategy: freeze\n" + spec);
        artifacts().write(ATTEMPT.plan(), new Planner().plan(bundle.app(), bundle.spec()));
    }

    private DeployServices.Output take() {
        return new DeployServices(
                        tasks,
                        new NoBalancers(),
                        new TwoLines(),
                        new BuiltImages(new OneImage()),
                        new SmokeTest(),
                        new ServiceScaling(new NoScaling()),
                        new ClusterServices(
                                FakeRollout.none(),
                                new FlatSecrets(new OneSecret("{}")),
                                artifacts(),
                                InstantSource.system()),
                        migrations,
                        artifacts(),
                        InstantSource.system())
                .take(new DeployServices.Input("shop", 2));
    }

    private JsonArtifacts artifacts() {
        return new JsonArtifacts(new FolderArtifacts(folder));
    }

    /** No service of the test is public. */
    private static final class NoBalancers implements ElasticLoadBalancingV2Client {
        @Override
        public String serviceName() {
            return "elasticloadbalancing";
        }

        @Override
        public void close() {}
    }

    /** Each container said the same. */
    private static final class TwoLines implements CloudWatchLogsClient {
        @Override
        public GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
            assertThat(request.logStreamName()).isEqualTo("web/web/7f3a");
            List<OutputLogEvent> lines = IntStream.rangeClosed(1, 2)
                    .mapToObj(number -> OutputLogEvent.builder()
                            .message("line " + number + "\n")
                            .build())
                    .toList();
            return GetLogEventsResponse.builder().events(lines).build();
        }

        @Override
        public String serviceName() {
            return "logs";
        }

        @Override
        public void close() {}
    }

    /** A registry that has the image once it was pushed. */
    private final class OneImage implements EcrClient {
        @Override
        public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
            assertThat(request.repositoryName()).isEqualTo("shop/web");
            if (!pushed) {
                throw ImageNotFoundException.builder().build();
            }
            return DescribeImagesResponse.builder()
                    .imageDetails(ImageDetail.builder().imageDigest("sha256:0").build())
                    .build();
        }

        @Override
        public String serviceName() {
            return "ecr";
        }

        @Override
        public void close() {}
    }

    /** The plans here have none. */
    private record NoScaling() implements ApplicationAutoScalingClient {
        @Override
        public String serviceName() {
            return "application-autoscaling";
        }

        @Override
        public void close() {}
    }
}
