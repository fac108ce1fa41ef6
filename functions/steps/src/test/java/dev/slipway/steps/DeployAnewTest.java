package dev.slipway.steps;

import static dev.slipway.steps.TurningCluster.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.exception.StaleAttempt;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

class DeployAnewTest {
    private final TurningApp app;
    private final TurningCluster cluster = new TurningCluster();

    DeployAnewTest(@TempDir Path folder) {
        app = new TurningApp(folder).at(Turn.Stage.GIVEN);
    }

    @Test
    void deploysEachServiceOnceWithWhatItRunsByNowAndIsDoneWhenItIsSteady() {
        assertThat(take(false)).isEqualTo(new DeployAnew.Output(false, "web"));
        assertThat(take(false).done()).isFalse();
        assertThat(cluster.forced()).hasSize(1);
        UpdateServiceRequest forced = cluster.forced().getFirst();
        assertThat(forced.forceNewDeployment()).isTrue();
        assertThat(forced.taskDefinition()).isNull();
        assertThat(forced.desiredCount()).isNull();

        cluster.deploys(deployment("own-1", DeploymentRolloutState.COMPLETED)).runs(2);
        assertThat(take(false).done()).as("one task is missing").isFalse();
        cluster.runs(3);
        assertThat(take(false)).isEqualTo(new DeployAnew.Output(true, ""));
    }

    @Test
    void takesALaterDeploymentOfSomebodyElsesForItsOwn() {
        take(false);
        cluster.deploys(deployment("later", DeploymentRolloutState.COMPLETED));
        assertThat(take(false).done()).isTrue();
    }

    @Test
    void saysWhichServiceFailedAndWhatItSaidLast() {
        take(false);
        cluster.deploys(deployment("own-1", DeploymentRolloutState.FAILED));
        assertThatThrownBy(() -> take(false))
                .isInstanceOf(DeployFailed.class)
                .hasMessage(
                        "Tried to deploy the service web anew with its other login but tasks failed to start.; a task"
                                + " ended with exit code 1 (Essential container in task exited); its last lines: password"
                                + " authentication failed: mend what that says and start the machine again; the app has the login"
                                + " before");
    }

    @Test
    void findsOutThatEcsWentBackByItself() {
        take(false);
        cluster.deploys(deployment("before", DeploymentRolloutState.COMPLETED));
        assertThatThrownBy(() -> take(false)).hasMessageContaining("ECS went back to the deployment before");
    }

    @Test
    void deploysAgainOnTheWayBackThoughTheOneBeforeHasFailed() {
        take(false);
        app.at(Turn.Stage.RETURNING);
        take(true);
        assertThat(cluster.forced()).hasSize(2);
        cluster.deploys(deployment("own-2", DeploymentRolloutState.COMPLETED));
        assertThat(take(true).done()).isTrue();
    }

    @Test
    void deploysNothingForATurnThatIsNotThere() {
        app.at(Turn.Stage.BEGUN);
        assertThatThrownBy(() -> take(false)).isInstanceOf(StaleAttempt.class);
        assertThat(cluster.forced()).isEmpty();
    }

    private DeployAnew.Output take(boolean back) {
        return new DeployAnew(cluster, new NoBalancers(), new OneLine(), app.turns, app.artifacts)
                .take(new DeployAnew.Input("shop", TurningApp.EXECUTION, back));
    }

    /** No service of the test is public. */
    private record NoBalancers() implements ElasticLoadBalancingV2Client {
        @Override
        public String serviceName() {
            return "elasticloadbalancing";
        }

        @Override
        public void close() {}
    }

    /** Each container said the same. */
    private record OneLine() implements CloudWatchLogsClient {
        @Override
        public GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
            OutputLogEvent line = OutputLogEvent.builder()
                    .message("password authentication failed\n")
                    .build();
            return GetLogEventsResponse.builder().events(line).build();
        }

        @Override
        public String serviceName() {
            return "logs";
        }

        @Override
        public void close() {}
    }
}
