package dev.slipway.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.DeployFailed;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against fabric8's own server, which keeps objects as a cluster does, and runs nothing. */
final class ClusterRolloutTest {
    private static final String APP = "bahnvision";

    /** It tells of each request, which nobody reads in a build. */
    private static final Logger TALK = Logger.getLogger(MockWebServer.class.getName());

    static {
        TALK.setLevel(Level.WARNING);
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ApplyingDispatcher cluster = new ApplyingDispatcher();
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), cluster, false);

    private KubernetesClient client;
    private ClusterRollout rollout;

    @BeforeEach
    void open() {
        server.init();
        client = server.createClient();
        rollout = new ClusterRollout(client, APP);
    }

    @AfterEach
    void close() {
        client.close();
        server.destroy();
    }

    @Test
    void putsEverythingThereAndRunsNothing() {
        prepare("1.4.0");
        assertThat(replicas()).isZero();
        assertThat(client.secrets()
                        .inNamespace(APP)
                        .withName("slipway-bahnvision-backend")
                        .get())
                .isNotNull();
        assertThat(client.genericKubernetesResources(Kinds.WITHIN.getFirst())
                        .inNamespace(APP)
                        .list()
                        .getItems())
                .hasSize(2);
    }

    @Test
    void startsTheServicesAndAwaitsTheirPods() {
        prepare("1.4.0");
        rollout.start();
        assertThat(replicas()).isEqualTo(2);
        assertThat(rollout.awaited()).containsExactlyInAnyOrder("bahnvision-backend", "bahnvision-frontend");
        ready();
        assertThat(rollout.awaited()).isEmpty();
    }

    @Test
    void changesNothingTheSecondTime() {
        prepare("1.4.0");
        String version = backend().getMetadata().getResourceVersion();
        prepare("1.4.0");
        assertThat(backend().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void leavesTheNumberOfPodsThatAScalingHasSet() {
        prepare("1.4.0");
        rollout.start();
        client.apps()
                .deployments()
                .inNamespace(APP)
                .withName("bahnvision-backend")
                .scale(7);
        prepare("1.5.0");
        rollout.start();
        assertThat(replicas()).isEqualTo(7);
    }

    @Test
    void appliesAChangeAndGoesBackToThePreviousImages() {
        prepare("1.4.0");
        prepare("1.5.0");
        assertThat(image()).endsWith(":1.5.0");
        prepare("1.4.0");
        assertThat(image()).endsWith(":1.4.0");
    }

    @Test
    void stopsByScalingToZero() {
        prepare("1.4.0");
        rollout.start();
        assertThat(rollout.stop()).containsExactlyInAnyOrder("bahnvision-backend", "bahnvision-frontend");
        assertThat(replicas()).isZero();
    }

    @Test
    void hasNothingToStopWhereNothingWasApplied() {
        assertThat(rollout.stop()).isEmpty();
    }

    @Test
    void runsJobsOneAfterTheOtherAndTheSchemaFirst() {
        Shop shop = new Shop(folder);
        rollout = new ClusterRollout(client, "shop");
        rollout.prepare(shop.changed(), shop.values(), 1);
        assertThat(job("slipway-schema").getSpec().getSuspend()).isTrue();
        assertThat(rollout.runJobs()).contains("the job slipway-schema");
        assertThat(job("slipway-schema").getSpec().getSuspend()).isFalse();
        assertThat(job("slipway-schema")
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getCommand())
                .containsExactly("sh", "-c", "bin/migrate up");
        assertThat(job("seed").getSpec().getSuspend()).isTrue();
        ends("slipway-schema", "Complete");
        assertThat(rollout.runJobs()).contains("the job seed");
        ends("seed", "Complete");
        assertThat(rollout.runJobs()).isEmpty();
    }

    @Test
    void runsAJobAgainForALaterAttemptOnly() {
        Shop shop = new Shop(folder);
        rollout = new ClusterRollout(client, "shop");
        rollout.prepare(shop.changed(), shop.values(), 1);
        ends("seed", "Complete");
        rollout.prepare(shop.changed(), shop.values(), 1);
        assertThat(job("seed").getStatus().getConditions()).isNotEmpty();
        rollout.prepare(shop.changed(), shop.values(), 2);
        assertThat(job("seed").getStatus()).isNull();
    }

    @Test
    void tellsTheLastLinesOfAJobThatFailed() {
        Shop shop = new Shop(folder);
        rollout = new ClusterRollout(client, "shop");
        rollout.prepare(shop.changed(), shop.values(), 1);
        ends("slipway-schema", "Failed");
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("slipway-schema-x")
                        .withNamespace("shop")
                        .addToLabels("slipway/service", "slipway-schema")
                        .endMetadata()
                        .withNewStatus()
                        .addNewContainerStatus()
                        .withName("web")
                        .withReady(false)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(1)
                        .endTerminated()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build())
                .create();
        cluster.says("slipway-schema-x", "Traceback\n  relation \"users\" does not exist\n");
        assertThatThrownBy(rollout::runJobs)
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("run the job slipway-schema once but it failed")
                .hasMessageContaining("Traceback | relation \"users\" does not exist");
    }

    @Test
    void runsSchedulesWhenTheyAreAskedForOnly() {
        Shop shop = new Shop(folder);
        rollout = new ClusterRollout(client, "shop");
        rollout.prepare(shop.changed(), shop.values(), 1);
        assertThat(clock().getSpec().getSuspend()).isTrue();
        assertThat(rollout.schedule(true)).containsExactly("clean");
        assertThat(clock().getSpec().getSuspend()).isFalse();
        assertThat(rollout.schedule(true)).isEmpty();
        rollout.stop();
        assertThat(clock().getSpec().getSuspend()).isTrue();
    }

    @Test
    void deletesOnlyWhatIsItsOwn() {
        foreign();
        prepare("1.4.0");
        rollout.remove(true);
        assertThat(client.apps().deployments().inNamespace(APP).list().getItems())
                .isEmpty();
        assertThat(client.secrets().inNamespace(APP).list().getItems()).isEmpty();
        assertThat(client.configMaps().inNamespace(APP).list().getItems())
                .extracting(found -> found.getMetadata().getName())
                .containsExactly("of-somebody-else");
        assertThat(client.namespaces().withName(APP).get())
                .as("it holds what somebody else put there")
                .isNotNull();
    }

    @Test
    void deletesTheNamespaceThatItMade() {
        prepare("1.4.0");
        assertThat(rollout.remove(false)).isEqualTo(new Rollout.Removal(List.of(), Map.of()));
        assertThat(client.namespaces().withName(APP).get()).isNull();
    }

    @Test
    void keepsANamespaceThatWasThere() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(APP)
                        .endMetadata()
                        .build())
                .create();
        prepare("1.4.0");
        rollout.remove(true);
        assertThat(client.namespaces().withName(APP).get().getMetadata().getLabels())
                .isNullOrEmpty();
    }

    @Test
    void overwritesNothingThatItDidNotMake() {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("bahnvision-config")
                        .withNamespace(APP)
                        .endMetadata()
                        .build())
                .create();
        assertThatThrownBy(() -> prepare("1.4.0"))
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("ConfigMap bahnvision-config")
                .hasMessageContaining("Slipway did not make");
    }

    @Test
    void keepsVolumesAndNamesThemUnlessItIsToldOtherwise() {
        Shop shop = new Shop(folder);
        rollout = new ClusterRollout(client, "shop");
        rollout.prepare(shop.changed(), shop.values(), 1);
        client.resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName("pvc-1")
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName("slipway")
                        .withNewClaimRef()
                        .withNamespace("shop")
                        .withName("scratch")
                        .endClaimRef()
                        .withNewCsi()
                        .withVolumeHandle("vol-1")
                        .endCsi()
                        .endSpec()
                        .build())
                .create();
        assertThat(rollout.remove(false).volumes()).isEqualTo(Map.of("scratch", "vol-1"));
        assertThat(client.persistentVolumeClaims().inNamespace("shop").list().getItems())
                .hasSize(1);
        assertThat(rollout.remove(true).awaited()).containsExactly("the volume of scratch");
        assertThat(client.persistentVolumeClaims().inNamespace("shop").list().getItems())
                .isEmpty();
        client.persistentVolumes().withName("pvc-1").delete();
        assertThat(rollout.remove(true).awaited()).isEmpty();
        assertThat(client.namespaces().withName("shop").get()).isNull();
    }

    @Test
    void waitsForPodsBeforeItIsRemoved() {
        prepare("1.4.0");
        pod("backend-1", null);
        assertThat(rollout.remove(true).awaited()).containsExactly("the pod backend-1");
        assertThat(client.namespaces().withName(APP).get()).isNotNull();
    }

    @Test
    void tellsWhatAContainerSaidThatWillNotStart() {
        prepare("1.4.0");
        rollout.start();
        pod("backend-1", "ImagePullBackOff");
        client.resource(new EventBuilder()
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
        assertThatThrownBy(rollout::awaited)
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("bahnvision-backend")
                .hasMessageContaining("ImagePullBackOff")
                .hasMessageContaining("Failed to pull image: not found");
    }

    @Test
    void tellsOfAClusterThatDoesNotAnswer() {
        String endpoint = server.url("/");
        server.destroy();
        try (Rollout unheard = new ClusterAccess(endpoint, "").open(APP, () -> "token")) {
            assertThatThrownBy(unheard::awaited)
                    .isInstanceOf(DeployFailed.class)
                    .hasMessageContaining("the cluster does not answer");
        }
    }

    private void prepare(String tag) {
        rollout.prepare(Bahnvision.changed(tag), Bahnvision.values(), 1);
    }

    private void foreign() {
        ConfigMap foreign = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("of-somebody-else")
                .withNamespace(APP)
                .endMetadata()
                .build();
        client.resource(foreign).create();
    }

    private void pod(String name, @Nullable String reason) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(APP)
                        .addToLabels("slipway/service", "bahnvision-backend")
                        .endMetadata()
                        .withNewStatus()
                        .addNewContainerStatus()
                        .withName("backend")
                        .withNewState()
                        .withNewWaiting()
                        .withReason(reason)
                        .endWaiting()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build())
                .create();
    }

    private Deployment backend() {
        return client.apps()
                .deployments()
                .inNamespace(APP)
                .withName("bahnvision-backend")
                .get();
    }

    private int replicas() {
        return backend().getSpec().getReplicas();
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

    private Job job(String name) {
        return client.batch().v1().jobs().inNamespace("shop").withName(name).get();
    }

    private CronJob clock() {
        return client.batch()
                .v1()
                .cronjobs()
                .inNamespace("shop")
                .withName("clean")
                .get();
    }

    private void ends(String name, String how) {
        Job job = job(name);
        job.setStatus(new JobStatusBuilder()
                .addNewCondition()
                .withType(how)
                .withStatus("True")
                .withReason("BackoffLimitExceeded")
                .endCondition()
                .build());
        client.resource(job).updateStatus();
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
