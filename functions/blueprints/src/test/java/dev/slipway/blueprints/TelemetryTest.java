package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.plan.Plan;
import org.junit.jupiter.api.Test;

/** What takes the place of Prometheus, Grafana and Jaeger. */
class TelemetryTest {
    private static final JsonNode PRESCHOOL = template(Targets.crpPreschool());
    private static final TargetSpec TRACED = Targets.of("""
            services:
              web: {image: 'shop/web:1', ports: ['80:3000'], environment: {OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger:4317'}}
              jaeger: {image: 'jaegertracing/all-in-one:1.60'}
            """, "");

    @Test
    void bahnvisionAmpWorkspaceAndPrometheusRemoteWriteWithSigv4() {
        assertThat(typesOf(PRESCHOOL)).containsEntry("AWS::APS::Workspace", 1);
        JsonNode configuration = configuration(PRESCHOOL);
        assertThat(configuration.at("/exporters/prometheusremotewrite/endpoint").asText())
                .isEqualTo("${Prometheus.PrometheusEndpoint}api/v1/remote_write");
        assertThat(configuration
                        .at("/exporters/prometheusremotewrite/auth/authenticator")
                        .asText())
                .isEqualTo("sigv4auth");
        assertThat(property(PRESCHOOL, "CollectorWritesMetrics", "PolicyDocument")
                        .at("/Statement/0")
                        .toString())
                .contains("aps:RemoteWrite", "\"Prometheus\",\"Arn\"");
    }

    @Test
    void bahnvisionScrapingOfTheServicesByTheirNames() {
        JsonNode asked = configuration(PRESCHOOL).at("/receivers/prometheus/config/scrape_configs/0/dns_sd_configs");
        assertThat(asked.toString())
                .contains("auth-service.crp-preschool.internal", "communication-service.crp-preschool.internal");
        assertThat(asked.findValuesAsText("port")).containsExactly("3001", "3004");
    }

    @Test
    void bahnvisionAmgWorkspaceWithItsRole() {
        assertThat(property(PRESCHOOL, "Grafana", "RoleArn").toString()).contains("GrafanaRole");
        assertThat(Targets.crpPreschool().plan().warnings())
                .anySatisfy(warning -> assertThat(warning.message()).contains("SAML", "IAM Identity Center"));
    }

    @Test
    void bahnvisionXRayIntegrationByOtel() {
        JsonNode template = template(TRACED);
        assertThat(typesOf(template)).containsEntry("AWS::XRay::SamplingRule", 1);
        JsonNode configuration = configuration(template);
        assertThat(configuration.at("/receivers/otlp/protocols/grpc/endpoint").asText())
                .endsWith(":4317");
        assertThat(configuration.at("/receivers/otlp/protocols/http/endpoint").asText())
                .endsWith(":4318");
        assertThat(configuration.at("/service/pipelines/traces/exporters/0").asText())
                .isEqualTo("awsxray");
        assertThat(property(template, "CollectorWritesTraces", "PolicyDocument").toString())
                .contains("xray:PutTraceSegments");
    }

    @Test
    void theVariableOfTheServiceLeadsToTheCollectorByItsName() {
        Plan plan = TRACED.plan();
        JsonNode template = template(TRACED);
        String host = property(template, "CollectorDiscovery", "Name").asText() + ".shop.internal";
        assertThat(plan.environmentOf("web"))
                .filteredOn(variable -> variable.name().equals("OTEL_EXPORTER_OTLP_ENDPOINT"))
                .singleElement()
                .satisfies(variable ->
                        assertThat(variable.to().orElseThrow().text()).isEqualTo("http://" + host + ":4317"));
        assertThat(property(template, "WebCollector4317Access", "GroupId").toString())
                .contains("CollectorSecurityGroup");
    }

    @Test
    void startsWithTheServicesAndReadsItsConfigurationAsASecret() {
        assertThat(property(PRESCHOOL, "CollectorService", "DesiredCount").asInt(-1))
                .isZero();
        assertThat(property(PRESCHOOL, "CollectorTaskDefinition", "ContainerDefinitions")
                        .at("/0/Secrets/0")
                        .toString())
                .contains("AOT_CONFIG_CONTENT", "CollectorConfiguration");
    }

    @Test
    void makesNoneWhereNothingWatched() {
        assertThat(typesOf(template(Targets.guide("migrateai", ""))))
                .doesNotContainKeys("AWS::APS::Workspace", "AWS::Grafana::Workspace", "AWS::XRay::SamplingRule");
    }

    @Test
    void smartboardContainerInsightsOnTheCluster() {
        assertThat(property(PRESCHOOL, "Cluster", "ClusterSettings").toString())
                .isEqualTo("[{\"Name\":\"containerInsights\",\"Value\":\"enabled\"}]");
    }

    private static JsonNode configuration(JsonNode template) {
        try {
            return StrictJson.mapper()
                    .readTree(property(template, "CollectorConfiguration", "Value")
                            .path("Fn::Sub")
                            .asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
