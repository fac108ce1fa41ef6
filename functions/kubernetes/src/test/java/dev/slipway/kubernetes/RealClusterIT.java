package dev.slipway.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.servers.KubernetesServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against Kubernetes' own API server, which checks and merges what is applied; what controllers would do the tests do. */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealClusterIT {
    private static final Path CHECKOUT = Path.of(System.getProperty("slipway.root", "../.."));
    private static final String APP = "bahnvision";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private KubernetesServer server;

    @SuppressWarnings("NullAway.Init")
    private KubernetesClient client;

    @BeforeAll
    void start() throws IOException {
        Optional<Path> programs = KubernetesServer.programs(CHECKOUT);
        assumeTrue(programs.isPresent(), "this machine cannot build kube-apiserver");
        server = KubernetesServer.start(programs.get(), folder.resolve("server"));
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.endpoint())
                .withCaCertData(server.certificate())
                .withOauthToken(KubernetesServer.TOKEN)
                .withRequestRetryBackoffLimit(0)
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
        await(() -> client.namespaces().list());
        client.resource(crd()).create();
        await(() -> client.genericKubernetesResources(Kinds.WITHIN.getFirst())
                .inNamespace("default")
                .list());
    }

    @AfterAll
    void stop() {
        if (server != null) {
            client.close();
            server.close();
        }
    }

    /** A namespace that is being deleted would stay so: what empties it is a controller. */
    @AfterEach
    void empty() {
        for (String app : List.of(APP, "shop")) {
            client.persistentVolumeClaims()
                    .inNamespace(app)
                    .list()
                    .getItems()
                    .forEach(claim -> client.resource(claim).edit(now -> {
                        now.getMetadata().setFinalizers(List.of());
                        return now;
                    }));
            try (Rollout rollout = rollout(app)) {
                rollout.remove(true);
            }
            client.configMaps().inNamespace(app).delete();
            Optional.ofNullable(client.namespaces().withName(app).get()).ifPresent(this::finish);
        }
    }

    private void finish(Namespace namespace) {
        client.resource(namespace).delete();
        String path = "/api/v1/namespaces/" + namespace.getMetadata().getName();
        GenericKubernetesResource ending = client.raw(path).isEmpty()
                ? new GenericKubernetesResource()
                : client.getKubernetesSerialization().unmarshal(client.raw(path), GenericKubernetesResource.class);
        ending.setAdditionalProperty("spec", Map.of("finalizers", List.of()));
        client.raw(path + "/finalize", "PUT", ending);
    }

    @Test
    void isTakenByTheServerAsItIs() throws IOException {
        try (Rollout rollout = rollout(APP)) {
            prepare(rollout, "1.4.0");
            Deployment backend = backend();
            assertThat(backend.getSpec().getReplicas()).isZero();
            assertThat(backend.getMetadata().getManagedFields())
                    .extracting(field -> field.getManager() + " " + field.getOperation())
                    .containsExactly("slipway Apply");
            prepare(rollout, "1.4.0");
            assertThat(backend().getMetadata().getResourceVersion())
                    .as("the same again changes nothing")
                    .isEqualTo(backend.getMetadata().getResourceVersion());
        }
    }

    @Test
    void startsWaitsScalesAndGoesBack() throws IOException {
        try (Rollout rollout = rollout(APP)) {
            prepare(rollout, "1.4.0");
            rollout.start();
            assertThat(rollout.awaited()).containsExactlyInAnyOrder("bahnvision-backend", "bahnvision-frontend");
            ready();
            assertThat(rollout.awaited()).isEmpty();
            client.apps()
                    .deployments()
                    .inNamespace(APP)
                    .withName("bahnvision-backend")
                    .scale(5);
            prepare(rollout, "1.5.0");
            rollout.start();
            assertThat(backend().getSpec().getReplicas())
                    .as("as its scaling has it")
                    .isEqualTo(5);
            assertThat(rollout.awaited()).contains("bahnvision-backend");
            prepare(rollout, "1.4.0");
            assertThat(backend()
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .getFirst()
                            .getImage())
                    .endsWith(":1.4.0");
            assertThat(rollout.stop()).contains("bahnvision-backend");
            assertThat(backend().getSpec().getReplicas()).isZero();
        }
    }

    @Test
    void runsJobsOneAfterTheOtherAndHoldsSchedules() throws IOException {
        Shop shop = new Shop(folder);
        try (Rollout rollout = rollout("shop")) {
            rollout.prepare(shop.changed(), shop.values(), 1);
            assertThat(rollout.runJobs()).contains("the job slipway-schema");
            succeed("slipway-schema");
            assertThat(rollout.runJobs()).contains("the job seed");
            succeed("seed");
            assertThat(rollout.runJobs()).isEmpty();
            assertThat(rollout.schedule(true)).containsExactly("clean");
            rollout.prepare(shop.changed(), shop.values(), 2);
            assertThat(rollout.runJobs()).as("a later attempt").contains("the job slipway-schema");
            assertThat(rollout.schedule(true))
                    .as("an attempt begins with clocks that stand still")
                    .containsExactly("clean");
        }
    }

    @Test
    void takesAwayWhatItMadeAndTheNamespaceLast() throws IOException {
        Shop shop = new Shop(folder);
        try (Rollout rollout = rollout("shop")) {
            rollout.prepare(shop.changed(), shop.values(), 1);
            assertThat(rollout.remove(false).awaited()).isEmpty();
            assertThat(client.apps().deployments().inNamespace("shop").list().getItems())
                    .isEmpty();
            assertThat(client.persistentVolumeClaims()
                            .inNamespace("shop")
                            .list()
                            .getItems())
                    .hasSize(1);
            assertThat(client.namespaces().withName("shop").get().isMarkedForDeletion())
                    .as("it holds a claim")
                    .isFalse();
            rollout.remove(true);
            client.persistentVolumeClaims()
                    .inNamespace("shop")
                    .list()
                    .getItems()
                    .forEach(claim -> client.resource(claim).edit(now -> {
                        now.getMetadata().setFinalizers(List.of());
                        return now;
                    }));
            rollout.remove(true);
            assertThat(client.namespaces().withName("shop").get().isMarkedForDeletion())
                    .isTrue();
        }
    }

    @Test
    void leavesWhatIsNotItsOwn() throws IOException {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(APP)
                        .endMetadata()
                        .build())
                .create();
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("bahnvision-config")
                        .withNamespace(APP)
                        .endMetadata()
                        .build())
                .create();
        try (Rollout rollout = rollout(APP)) {
            assertThatThrownBy(() -> prepare(rollout, "1.4.0"))
                    .isInstanceOf(DeployFailed.class)
                    .hasMessageContaining("ConfigMap bahnvision-config");
            rollout.remove(true);
            assertThat(client.namespaces().withName(APP).get().isMarkedForDeletion())
                    .isFalse();
            assertThat(client.configMaps()
                            .inNamespace(APP)
                            .withName("bahnvision-config")
                            .get())
                    .isNotNull();
        }
    }

    @Test
    void saysThatTheClusterKnowsNoSuchToken() throws IOException {
        try (Rollout rollout =
                new ClusterAccess(server.endpoint(), server.certificate()).open(APP, () -> "somebody-else")) {
            assertThatThrownBy(rollout::awaited)
                    .isInstanceOf(DeployFailed.class)
                    .hasMessageContaining("the cluster answered 401")
                    .hasMessageContaining("DeployRoleArn");
        }
    }

    private Rollout rollout(String app) {
        try {
            return new ClusterAccess(server.endpoint(), server.certificate()).open(app, () -> KubernetesServer.TOKEN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void prepare(Rollout rollout, String tag) {
        rollout.prepare(Bahnvision.changed(tag), Bahnvision.values(), 1);
    }

    private Deployment backend() {
        return client.apps()
                .deployments()
                .inNamespace(APP)
                .withName("bahnvision-backend")
                .get();
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

    private void succeed(String name) {
        Job job = client.batch().v1().jobs().inNamespace("shop").withName(name).get();
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        job.setStatus(new JobStatusBuilder()
                .withStartTime(now)
                .withCompletionTime(now)
                .withSucceeded(1)
                .addNewCondition()
                .withType("SuccessCriteriaMet")
                .withStatus("True")
                .withReason("CompletionsReached")
                .endCondition()
                .addNewCondition()
                .withType("Complete")
                .withStatus("True")
                .withReason("CompletionsReached")
                .endCondition()
                .build());
        client.resource(job).updateStatus();
    }

    /** Auto Mode brings it. */
    private static GenericKubernetesResource crd() {
        ResourceDefinitionContext kind = Kinds.WITHIN.getFirst();
        GenericKubernetesResource crd = new GenericKubernetesResource();
        crd.setApiVersion("apiextensions.k8s.io/v1");
        crd.setKind("CustomResourceDefinition");
        crd.setMetadata(new ObjectMetaBuilder()
                .withName(kind.getPlural() + "." + kind.getGroup())
                .build());
        crd.setAdditionalProperty(
                "spec",
                Map.of(
                        "group", kind.getGroup(),
                        "scope", "Namespaced",
                        "names", Map.of("kind", kind.getKind(), "plural", kind.getPlural()),
                        "versions",
                                List.of(Map.of(
                                        "name",
                                        kind.getVersion(),
                                        "served",
                                        true,
                                        "storage",
                                        true,
                                        "schema",
                                        Map.of(
                                                "openAPIV3Schema",
                                                Map.of(
                                                        "type",
                                                        "object",
                                                        "x-kubernetes-preserve-unknown-fields",
                                                        true))))));
        return crd;
    }

    /** Until the server no longer refuses it. */
    private static void await(Runnable call) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                call.run();
                return;
            } catch (KubernetesClientException e) {
                assertThat(Instant.now()).as("%s (%s)", e, e.getCause()).isBefore(deadline);
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        }
    }
}
