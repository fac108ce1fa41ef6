package dev.slipway.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.DeployFailed;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against fabric8's own server, which keeps objects as a cluster does, and runs nothing. */
final class ClusterRolloutTest {
    private static final String APP = "bahnvision";

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new ApplyingDispatcher(), false);

    private KubernetesClient client;
    private ClusterRollout rollout;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        rollout = rollout("1.4.0");
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    @Test
    void appliesTheManifestsAndAwaitsTheirPods() {
        assertThat(rollout.start()).containsExactlyInAnyOrder("bahnvision-backend", "bahnvision-frontend");
        assertThat(backend().getSpec().getReplicas()).isEqualTo(2);
        assertThat(client.secrets()
                        .inNamespace(APP)
                        .withName("slipway-bahnvision-backend")
                        .get())
                .isNotNull();
        assertThat(client.genericKubernetesResources(Applied.BINDING)
                        .inNamespace(APP)
                        .list()
                        .getItems())
                .hasSize(2);
    }

    @Test
    void isDoneWhenAllPodsAreReady() {
        rollout.start();
        ready();
        assertThat(rollout.start()).isEmpty();
    }

    @Test
    void changesNothingTheSecondTime() {
        rollout.start();
        String version = backend().getMetadata().getResourceVersion();
        rollout.start();
        assertThat(backend().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void appliesAChangeAndGoesBackToThePreviousImages() {
        rollout.start();
        rollout("1.5.0").start();
        assertThat(image()).endsWith(":1.5.0");
        rollout.start();
        assertThat(image()).endsWith(":1.4.0");
    }

    @Test
    void stopsByScalingToZero() {
        rollout.start();
        assertThat(rollout.stop()).containsExactlyInAnyOrder("bahnvision-backend", "bahnvision-frontend");
        assertThat(backend().getSpec().getReplicas()).isZero();
    }

    @Test
    void deletesOnlyWhatIsItsOwn() {
        ConfigMap foreign = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("of-somebody-else")
                .withNamespace(APP)
                .endMetadata()
                .build();
        client.resource(foreign).create();
        rollout.start();
        rollout.remove();
        assertThat(client.apps().deployments().inNamespace(APP).list().getItems())
                .isEmpty();
        assertThat(client.secrets().inNamespace(APP).list().getItems()).isEmpty();
        assertThat(client.configMaps().inNamespace(APP).list().getItems())
                .extracting(found -> found.getMetadata().getName())
                .containsExactly("of-somebody-else");
    }

    @Test
    void tellsWhatAContainerSaidThatWillNotStart() {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("backend-1")
                        .withNamespace(APP)
                        .addToLabels("slipway/service", "bahnvision-backend")
                        .endMetadata()
                        .withNewStatus()
                        .addNewContainerStatus()
                        .withName("backend")
                        .withNewState()
                        .withNewWaiting()
                        .withReason("ImagePullBackOff")
                        .endWaiting()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build())
                .create();
        client.resource(new io.fabric8.kubernetes.api.model.EventBuilder()
                        .withNewMetadata()
                        .withName("pull")
                        .withNamespace(APP)
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withName("backend-1")
                        .endInvolvedObject()
                        .withMessage("Failed to pull image: not found")
                        .build())
                .create();
        assertThatThrownBy(rollout::start)
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("bahnvision-backend")
                .hasMessageContaining("ImagePullBackOff")
                .hasMessageContaining("Failed to pull image: not found");
    }

    private ClusterRollout rollout(String tag) {
        return new ClusterRollout(client, Bahnvision.changed(tag), Bahnvision.values());
    }

    private Deployment backend() {
        return client.apps()
                .deployments()
                .inNamespace(APP)
                .withName("bahnvision-backend")
                .get();
    }

    private String image() {
        return backend()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private void ready() {
        client.apps().deployments().inNamespace(APP).list().getItems().forEach(deployment -> {
            int wanted = deployment.getSpec().getReplicas();
            deployment.setStatus(new DeploymentStatusBuilder()
                    .withObservedGeneration(deployment.getMetadata().getGeneration())
                    .withReplicas(wanted)
                    .withUpdatedReplicas(wanted)
                    .withReadyReplicas(wanted)
                    .withAvailableReplicas(wanted)
                    .build());
            client.resource(deployment).updateStatus();
        });
    }
}
