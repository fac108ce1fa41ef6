package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.blueprints.DeliveryFiles;
import dev.slipway.blueprints.TargetSpec;
import dev.slipway.servers.KubernetesServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The step Deploy of BahnVision's workflow, run as GitHub runs it, by bash, kubectl and jq against Kubernetes' own API server. What
 * controllers would do the test does: it lets jobs end and pods become ready, or not.
 */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterWorkflowIT {
    private static final String REGISTRY = "123456789012.dkr.ecr.us-west-2.amazonaws.com";
    private static final String BACKEND = REGISTRY + "/bahnvision-bahnvision-backend";
    private static final String NEW = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567";
    private static final String APP = "bahnvision";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private KubernetesServer server;

    @BeforeAll
    void start() throws IOException {
        assumeTrue(has("kubectl") && has("jq"), "this machine has no kubectl or no jq");
        Optional<Path> programs = KubernetesServer.programs(Linters.ROOT);
        assumeTrue(programs.isPresent(), "this machine cannot build kube-apiserver");
        server = KubernetesServer.start(programs.get(), folder.resolve("server"));
        Files.writeString(folder.resolve("config"), """
                {"apiVersion": "v1", "kind": "Config", "current-context": "it",
                 "clusters": [{"name": "it", "cluster": {"server": "%s", "certificate-authority-data": "%s"}}],
                 "users": [{"name": "it", "user": {"token": "%s"}}],
                 "contexts": [{"name": "it", "context": {"cluster": "it", "user": "it"}}]}
                """.formatted(
                        server.endpoint(), server.certificate(), KubernetesServer.TOKEN));
        Files.writeString(folder.resolve("deploy.sh"), step());
        kubectl("create", "namespace", APP);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void deployed() throws IOException {
        kubectl("delete", "deployments,replicasets,jobs,cronjobs", "--all", "--cascade=background", "--namespace", APP);
        apply(deployment(2));
        apply(replicaSet(1, "1.4.0"));
        apply(replicaSet(2, NEW));
        apply(cronJob());
    }

    @Test
    void replacesTheImagesOfTheAppOnceTheSchemaIsChanged() throws Exception {
        Ended ended = deploy(Pods.READY);
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(told("deployment/" + APP + "-backend", "{.spec.template.spec.initContainers[*].image}"))
                .isEqualTo("busybox:1.36 " + BACKEND + ":" + NEW);
        assertThat(told("deployment/" + APP + "-backend", "{.spec.template.spec.containers[*].image}"))
                .isEqualTo(BACKEND + ":" + NEW);
        assertThat(told("cronjob/nightly", "{.spec.jobTemplate.spec.template.spec.containers[*].image}"))
                .isEqualTo(BACKEND + ":" + NEW);
        String job = "job/schema-0a1b2c3d4e5f";
        assertThat(told(job, "{.spec.template.spec.containers[*].image}")).isEqualTo(BACKEND + ":" + NEW);
        assertThat(told(job, "{.spec.template.spec.containers[0].command}"))
                .isEqualTo("[\"sh\",\"-c\",\"alembic upgrade head\"]");
        assertThat(told(job, "{.spec.template.spec.containers[0].envFrom[0].secretRef.name}"))
                .isEqualTo("slipway-bahnvision-backend");
        assertThat(told(job, "{.spec.template.metadata.labels.app}"))
                .as("no Service leads to it")
                .isEmpty();
        assertThat(ended.said()).containsSubsequence("job.batch/schema-0a1b2c3d4e5f created", "image updated");
    }

    @Test
    void goesBackWhenPodsDoNotBecomeReady() throws Exception {
        Ended ended = deploy(Pods.FAILING);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said())
                .contains("Tried to deploy " + NEW + " but the pods of deployment/bahnvision-backend are not ready");
        assertThat(told("deployment/" + APP + "-backend", "{.spec.template.spec.containers[*].image}"))
                .isEqualTo(BACKEND + ":1.4.0");
        assertThat(told("cronjob/nightly", "{.spec.jobTemplate.spec.template.spec.containers[*].image}"))
                .isEqualTo(BACKEND + ":1.4.0");
    }

    @Test
    void deploysNothingWhenTheSchemaCommandFails() throws Exception {
        Ended ended = deploy(Pods.WITHOUT_SCHEMA);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains("Tried to change the schema but 'alembic upgrade head' failed");
        assertThat(told("deployment/" + APP + "-backend", "{.spec.template.spec.containers[*].image}"))
                .isEqualTo(BACKEND + ":1.4.0");
    }

    @Test
    void changesNothingBeforeAMigrationHasStartedTheServices() throws Exception {
        apply(deployment(0));
        Ended ended = deploy(Pods.READY);
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("Nothing runs here yet");
        assertThat(kubectl("get", "jobs", "--namespace", APP, "--output", "name"))
                .isEmpty();
        assertThat(told("deployment/" + APP + "-backend", "{.spec.template.spec.containers[*].image}"))
                .isEqualTo(BACKEND + ":1.4.0");
    }

    /** What becomes of what the step starts. */
    private enum Pods {
        READY,
        FAILING,
        WITHOUT_SCHEMA
    }

    private record Ended(int code, String said) {}

    private Ended deploy(Pods pods) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "deploy", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", folder.resolve("deploy.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "KUBECONFIG",
                        folder.resolve("config").toString(),
                        "APP",
                        APP,
                        "TAG",
                        NEW,
                        "REGISTRY",
                        REGISTRY,
                        "REPOSITORIES",
                        "bahnvision-bahnvision-backend bahnvision-bahnvision-frontend",
                        "SCHEMA_SERVICE",
                        "bahnvision-backend",
                        "SCHEMA_COMMAND",
                        "alembic upgrade head"));
        Process step = builder.start();
        Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
        while (!step.waitFor(500, TimeUnit.MILLISECONDS)) {
            if (Instant.now().isAfter(deadline)) {
                step.destroyForcibly();
            }
            control(pods);
        }
        return new Ended(step.exitValue(), Files.readString(log));
    }

    /** As the controllers of jobs and deployments do. */
    private void control(Pods pods) throws IOException {
        for (JsonNode job : list("jobs")) {
            if (job.at("/status/conditions").isMissingNode()) {
                status("job", job, pods == Pods.WITHOUT_SCHEMA ? failed() : succeeded());
            }
        }
        for (JsonNode deployment : list("deployments")) {
            long generation = deployment.at("/metadata/generation").asLong();
            if (deployment.at("/status/observedGeneration").asLong() < generation) {
                boolean fails = pods == Pods.FAILING
                        && deployment.at("/spec/template").toString().contains(NEW);
                status("deployment", deployment, fails ? late(generation) : ready(generation));
            }
        }
    }

    private JsonNode list(String kind) throws IOException {
        return JSON.readTree(kubectl("get", kind, "--namespace", APP, "--output", "json"))
                .path("items");
    }

    private void status(String kind, JsonNode object, String status) throws IOException {
        kubectl(
                "patch",
                kind + "/" + object.at("/metadata/name").asText(),
                "--namespace",
                APP,
                "--subresource=status",
                "--type=merge",
                "--patch",
                "{\"status\": " + status + "}");
    }

    private static String ready(long generation) {
        return """
                {"observedGeneration": %d, "replicas": 2, "updatedReplicas": 2, "readyReplicas": 2, "availableReplicas": 2,
                 "conditions": []}""".formatted(generation);
    }

    private static String late(long generation) {
        return """
                {"observedGeneration": %d, "replicas": 3, "updatedReplicas": 1, "readyReplicas": 2, "availableReplicas": 2,
                 "conditions": [{"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}]}
                """.formatted(generation);
    }

    private static String succeeded() {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return """
                {"startTime": "%1$s", "completionTime": "%1$s", "succeeded": 1, "conditions": [
                 {"type": "SuccessCriteriaMet", "status": "True"}, {"type": "Complete", "status": "True"}]}""".formatted(now);
    }

    private static String failed() {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return """
                {"startTime": "%s", "failed": 1, "conditions": [
                 {"type": "FailureTarget", "status": "True"}, {"type": "Failed", "status": "True"}]}""".formatted(now);
    }

    private String told(String object, String path) throws IOException {
        return kubectl("get", object, "--namespace", APP, "--output", "jsonpath=" + path);
    }

    private void apply(String object) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "object", ".yaml"), object);
        kubectl("apply", "--server-side", "--force-conflicts", "--namespace", APP, "--filename", file.toString());
    }

    private static String kubectl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(Arrays.asList(arguments));
        Path log = Files.createTempFile(folder, "kubectl", ".log");
        int code = Tool.of(command)
                .environment(Map.of("KUBECONFIG", folder.resolve("config").toString()))
                .log(log)
                .limit(Duration.ofSeconds(30))
                .run();
        String said = Files.readString(log).strip();
        if (code != 0) {
            throw new IOException(command + " ended with " + code + ": " + said);
        }
        return said;
    }

    private static boolean has(String program) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static String step() {
        GuideTargets guides = new GuideTargets(folder);
        String workflow = DeliveryFiles.files(new TargetSpec(
                        guides.plan("bahnvision", wishes -> wishes + "delivery: github-actions\n"), true))
                .getOrDefault(".github/workflows/deploy.yml", "");
        return workflow.substring(workflow.lastIndexOf("run: |\n") + "run: |\n".length())
                .stripIndent();
    }

    private static String deployment(int replicas) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: bahnvision-backend
                  labels: {slipway/app: bahnvision}
                  annotations: {deployment.kubernetes.io/revision: "2"}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: backend}}
                  template:
                %s""".formatted(replicas, pod("1.4.0").indent(4));
    }

    /** One for each revision, as the controller of deployments keeps them. */
    private String replicaSet(int revision, String tag) throws IOException {
        String owner = told("deployment/bahnvision-backend", "{.metadata.uid}");
        return """
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata:
                  name: bahnvision-backend-%1$d
                  labels: {app: backend}
                  annotations: {deployment.kubernetes.io/revision: "%1$d"}
                  ownerReferences:
                    - {apiVersion: apps/v1, kind: Deployment, name: bahnvision-backend, uid: %2$s, controller: true}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: backend}}
                  template:
                %3$s""".formatted(revision, owner, pod(tag).indent(4));
    }

    private static String pod(String tag) {
        return """
                metadata: {labels: {app: backend, slipway/service: bahnvision-backend}}
                spec:
                  initContainers:
                    - {name: wait, image: "busybox:1.36"}
                    - {name: migrate, image: "%1$s:%2$s"}
                  containers:
                    - name: backend
                      image: "%1$s:%2$s"
                      envFrom: [{secretRef: {name: slipway-bahnvision-backend}}]
                      ports: [{containerPort: 8000}]
                      readinessProbe: {httpGet: {path: /health, port: 8000}}
                """.formatted(BACKEND, tag);
    }

    private static String cronJob() {
        return """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: nightly, labels: {slipway/app: bahnvision}}
                spec:
                  schedule: "0 3 * * *"
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          restartPolicy: Never
                          containers: [{name: nightly, image: "%s:1.4.0"}]
                """.formatted(BACKEND);
    }
}
