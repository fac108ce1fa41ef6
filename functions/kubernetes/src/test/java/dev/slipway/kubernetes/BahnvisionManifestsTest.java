package dev.slipway.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lines of BahnVision's guide about its manifests, each in what becomes of those in events/apps/bahnvision. */
final class BahnvisionManifestsTest {
    private static final List<String> SECRETS = List.of("kind-only-Pa55word", "kind-only-0f3c9b1e7d5a");

    private final ChangedManifests changed = Bahnvision.changed("1.4.0");
    private final Map<String, String> files = changed.files();

    @Test
    void updatesImageReferences() {
        assertThat(file("deployment-bahnvision-backend"))
                .contains("registry.example/bahnvision-backend:1.4.0")
                .doesNotContain("ghcr.io");
        assertThat(object("Deployment", "bahnvision-backend")
                        .at("/spec/template/spec/initContainers/1/image")
                        .asText())
                .as("the migration runs from the same image")
                .isEqualTo("registry.example/bahnvision-backend:1.4.0");
    }

    @Test
    void takesTheDatabasesAndTheCachesUrlFromTheSecretOfTheTarget() {
        JsonNode secret = object("Secret", "slipway-bahnvision-backend").path("stringData");
        assertThat(secret.path("DATABASE_URL").asText()).isEqualTo("value of bahnvision-backend.DATABASE_URL");
        assertThat(secret.path("VALKEY_URL").asText()).isEqualTo("value of bahnvision-backend.VALKEY_URL");
        assertThat(secret.path("SECRET_KEY").asText()).isEqualTo("value of bahnvision-backend.SECRET_KEY");
        JsonNode data = object("ConfigMap", "bahnvision-config").path("data");
        assertThat(data.has("DATABASE_URL")).isFalse();
        assertThat(data.has("VALKEY_URL")).isFalse();
    }

    @Test
    void updatesTheConfigMap() {
        JsonNode data = object("ConfigMap", "bahnvision-config").path("data");
        assertThat(data.path("OTEL_EXPORTER_OTLP_ENDPOINT").asText())
                .isEqualTo("http://cloudwatch-agent.amazon-cloudwatch:4315");
        assertThat(data.path("OTEL_ENABLED").asText()).isEqualTo("true");
        assertThat(data.path("OTEL_ENABLED").isTextual()).isTrue();
    }

    @Test
    void takesVariablesFromConfigMapAndSecret() {
        JsonNode sources = object("Deployment", "bahnvision-backend").at("/spec/template/spec/containers/0/envFrom");
        assertThat(sources.findValuesAsText("name")).containsExactly("bahnvision-config", "slipway-bahnvision-backend");
        assertThat(object("Deployment", "bahnvision-backend")
                        .at("/spec/template/spec/initContainers/1/envFrom")
                        .findValuesAsText("name"))
                .containsExactly("bahnvision-config", "slipway-bahnvision-backend-migrate");
    }

    @Test
    void keepsWhatThePodTellsOfItself() {
        assertThat(object("Deployment", "bahnvision-backend")
                        .at("/spec/template/spec/containers/0/env")
                        .toString())
                .contains("POD_NAME", "metadata.name");
    }

    @Test
    void createsAServiceAccountForEachService() {
        assertThat(object("ServiceAccount", "bahnvision-frontend").isMissingNode())
                .isFalse();
        assertThat(object("Deployment", "bahnvision-frontend")
                        .at("/spec/template/spec/serviceAccountName")
                        .asText())
                .isEqualTo("bahnvision-frontend");
    }

    @Test
    void bindsServicesToTheLoadBalancerInPlaceOfTheIngress() {
        assertThat(files.keySet()).noneMatch(name -> name.contains("ingress"));
        JsonNode spec = object("TargetGroupBinding", "bahnvision-backend").path("spec");
        assertThat(spec.path("targetGroupARN").asText()).isEqualTo("arn:aws:backend");
        assertThat(spec.path("targetType").asText()).isEqualTo("ip");
        assertThat(spec.at("/serviceRef/name").asText()).isEqualTo("bahnvision-backend");
        assertThat(spec.at("/serviceRef/port").asInt()).isEqualTo(8000);
        assertThat(object("TargetGroupBinding", "bahnvision-frontend")
                        .at("/spec/serviceRef/port")
                        .asInt())
                .isEqualTo(80);
    }

    @Test
    void leavesOutWhatAwsTakesThePlaceOf() {
        assertThat(files.keySet())
                .noneMatch(
                        name -> name.matches(
                                ".*(statefulset|deployment)-(postgres|valkey|toxiproxy|prometheus|grafana|jaeger|ingress-nginx).*"))
                .noneMatch(name -> name.contains("prometheus-config"))
                .noneMatch(name -> name.contains("-application-"))
                .noneMatch(name -> name.endsWith("secret-bahnvision-secrets.yaml"));
    }

    @Test
    void leadsTheNamesOfStoresToTheirEndpoints() {
        JsonNode postgres = object("Service", "postgres").path("spec");
        assertThat(postgres.path("type").asText()).isEqualTo("ExternalName");
        assertThat(postgres.path("externalName").asText()).isEqualTo("db.example");
        assertThat(object("Service", "valkey").at("/spec/externalName").asText())
                .isEqualTo("cache.example");
    }

    @Test
    void keepsTheAutoscalerFrom2To10At70Percent() {
        JsonNode spec = object("HorizontalPodAutoscaler", "bahnvision-backend").path("spec");
        assertThat(spec.path("minReplicas").asInt()).isEqualTo(2);
        assertThat(spec.path("maxReplicas").asInt()).isEqualTo(10);
        assertThat(spec.at("/metrics/0/resource/target/averageUtilization").asInt())
                .isEqualTo(70);
    }

    @Test
    void startsNothingUntilServicesAreDeployed() {
        assertThat(object("Deployment", "bahnvision-backend")
                        .at("/spec/replicas")
                        .asInt(-1))
                .isZero();
        assertThat(object("Deployment", "bahnvision-backend")
                        .at("/metadata/annotations/slipway~1replicas")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void spreadsPodsOverZones() {
        assertThat(object("Deployment", "bahnvision-backend")
                        .at("/spec/template/spec/topologySpreadConstraints/0/topologyKey")
                        .asText())
                .isEqualTo("topology.kubernetes.io/zone");
    }

    @Test
    void letsExperimentsReachPods() {
        assertThat(object("RoleBinding", "slipway-experiments")
                        .at("/subjects/1/name")
                        .asText())
                .isEqualTo("slipway-experiments");
        assertThat(object("RoleBinding", "slipway-experiments")
                        .at("/subjects/0/namespace")
                        .asText())
                .isEqualTo("bahnvision");
    }

    /** Kubernetes refuses a field that a kind does not have. */
    @Test
    void addsNoFieldThatAKindDoesNotHave() {
        assertThat(changed.resolved(Bahnvision.values()))
                .filteredOn(object -> List.of("ConfigMap", "Secret", "ServiceAccount")
                        .contains(object.path("kind").asText()))
                .isNotEmpty()
                .noneMatch(object -> object.has("spec"));
    }

    @Test
    void marksEverythingAsOurs() {
        assertThat(changed.resolved(Bahnvision.values()))
                .allSatisfy(object -> assertThat(object.at("/metadata/labels").toString())
                        .contains("\"app.kubernetes.io/managed-by\":\"slipway\"", "\"slipway/app\":\"bahnvision\""));
    }

    @Test
    void writesNoSecretIntoAnyFileOrUpload() {
        assertThat(SECRETS).allSatisfy(secret -> {
            assertThat(Bahnvision.UPLOADED).doesNotContain(secret);
            assertThat(String.join("\n", files.values())).doesNotContain(secret);
        });
        assertThat(file("secret-slipway-bahnvision-backend")).contains("${secret:bahnvision-backend.DATABASE_URL}");
    }

    @Test
    void saysTheSameOfTheSameApp() {
        assertThat(Bahnvision.changed("1.4.0").files()).isEqualTo(files);
    }

    private String file(String name) {
        return files.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("-" + name + ".yaml"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private JsonNode object(String kind, String name) {
        return changed.resolved(Bahnvision.values()).stream()
                .filter(object -> object.path("kind").asText().equals(kind)
                        && object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .map(JsonNode.class::cast)
                .orElseGet(() -> com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    }
}
