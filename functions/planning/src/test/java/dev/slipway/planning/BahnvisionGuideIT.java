package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppBundle;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedMapping;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of BahnVision's guide, each in the plan of events/apps/bahnvision. */
class BahnvisionGuideIT {
    /** They stand in the manifests. */
    static final List<String> SECRETS = List.of("kind-only-Pa55word", "kind-only-0f3c9b1e7d5a");

    private static final AppBundle BUNDLE = Guides.read("bahnvision", Map.of());
    private static final Plan PLAN = Guides.plan(BUNDLE);

    @ParameterizedTest(name = "{0} becomes {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Docker Compose | Docker Compose | Amazon EKS",
                "kind cluster   | kind           | Amazon EKS",
                "PostgreSQL     | PostgreSQL     | Amazon RDS for PostgreSQL",
                "Valkey/Redis   | Valkey         | Amazon ElastiCache for Valkey",
                "Toxiproxy      | Toxiproxy      | AWS Fault Injection Service",
                "Prometheus     | Prometheus     | Amazon Managed Service for Prometheus",
                "Grafana        | Grafana        | Amazon Managed Grafana",
                "Jaeger         | Jaeger         | AWS X-Ray and Amazon OpenSearch Service",
                "ingress-nginx  | ingress-nginx  | Application Load Balancer",
                "ArgoCD         | Argo CD        | AWS CodePipeline and Argo CD"
            })
    void mapsTheRowsOfServiceMapping(String row, String from, String to) {
        assertThat(PLAN.mapping())
                .as(row)
                .filteredOn(each -> each.from().contains(from))
                .extracting(PlannedMapping::to)
                .anyMatch(each -> each.startsWith(to));
    }

    @Test
    void databaseUrlLeadsToRdsByTheSameDriver() {
        assertThat(to("DATABASE_URL"))
                .startsWith("postgresql+asyncpg://${target:postgres:login}${target:postgres:host}:")
                .contains("/bahnvision");
    }

    @Test
    void valkeyUrlLeadsToElastiCache() {
        assertThat(to("VALKEY_URL")).contains("${target:valkey:host}").endsWith("/0");
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_ENABLED, true",
        "OTEL_SERVICE_NAME, bahnvision-backend",
        "OTEL_PROPAGATORS, 'tracecontext,baggage'"
    })
    void otelVariablesThatNameNoHostStay(String name, String value) {
        assertThat(to(name)).isEqualTo(value);
    }

    @Test
    void otelExporterEndpointLeadsToTheClustersAgentWhichHandsTracesToXRay() {
        assertThat(to("OTEL_EXPORTER_OTLP_ENDPOINT")).isEqualTo("http://cloudwatch-agent.amazon-cloudwatch:4315");
        assertThat(PLAN.warnings()).noneMatch(finding -> finding.message().contains("OTEL_EXPORTER_OTLP_ENDPOINT"));
    }

    @Test
    void secretsOfTheClusterGoToSecretsManager() {
        assertThat(variable("SECRET_KEY").secret()).contains("bahnvision-backend.SECRET_KEY");
        assertThat(variable("DATABASE_URL").secret()).contains("bahnvision-backend.DATABASE_URL");
    }

    @Test
    void regionIsUsWest2() {
        assertThat(PLAN.target().region()).isEqualTo("us-west-2");
    }

    @ParameterizedTest(name = "{0} is led to {1}:{2}")
    @CsvSource({"api.bahnvision.com, bahnvision-backend, 8000", "www.bahnvision.com, bahnvision-frontend, 80"})
    void ingressHostsLeadToTheirServices(String host, String name, int port) {
        PlannedService service = service(name);
        assertThat(service.port()).contains(port);
        assertThat(service.paths()).containsExactly("/*");
        assertThat(service.hosts()).containsExactly(host);
    }

    @Test
    void backendScalesFrom2To10At70Percent() {
        assertThat(service("bahnvision-backend").scaling()).contains(new Scaling(2, 10, 70));
    }

    @Test
    void backendIsAskedForItsReadinessProbesPath() {
        assertThat(service("bahnvision-backend").healthPath()).isEqualTo("/api/v1/health");
    }

    @Test
    void migrationThatAnInitContainerRunsIsAJob() {
        assertThat(PLAN.jobs()).singleElement().satisfies(job -> {
            assertThat(job.name()).isEqualTo("bahnvision-backend-migrate");
            assertThat(job.command().stream().map(SecretTemplate::text)).containsExactly("alembic", "upgrade", "head");
        });
    }

    @Test
    void namesOfTheClustersDnsAreTheServices() {
        PlannedVariable backend = PLAN.environmentOf("bahnvision-frontend").getFirst();
        assertThat(backend.from().orElseThrow().text()).contains("bahnvision.svc.cluster.local");
        assertThat(backend.to().orElseThrow().text()).contains("bahnvision-backend");
    }

    /** Nothing is dropped in silence: there is no key that the plan does not know. */
    @Test
    void everyKeyOfItsManifestsHasAFate() {
        assertThat(PLAN.lost()).noneMatch(fate -> fate.why().contains("does not know this key"));
    }

    private static String to(String name) {
        return variable(name).to().orElseThrow().text();
    }

    private static PlannedVariable variable(String name) {
        return PLAN.environmentOf("bahnvision-backend").stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static PlannedService service(String name) {
        return PLAN.services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
