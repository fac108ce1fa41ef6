package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a dashboard shows, and that its JSON is what CloudWatch reads. */
class DashboardTest {
    private static final Set<String> METRIC_PROPERTIES =
            Set.of("title", "view", "region", "period", "metrics", "yAxis");

    @Test
    void smartboardEcsCpuAndMemoryRdsConnectionsRedisMemoryAlbLatency() {
        assertThat(metrics(body(Targets.smartboard())))
                .contains(
                        "AWS/ECS CPUUtilization",
                        "AWS/ECS MemoryUtilization",
                        "AWS/RDS DatabaseConnections",
                        "AWS/ElastiCache DatabaseMemoryUsagePercentage",
                        "AWS/ApplicationELB TargetResponseTime");
    }

    @Test
    void bahnvisionHitRatioEvictionsReplicationLagRequestsCodesAndTargetHealth() {
        TargetSpec spec = Targets.guide("crp-preschool", """
                target: {size: small}
                stores: {postgres: {replicas: 1}}
                """);
        assertThat(metrics(body(spec)))
                .contains(
                        "AWS/ElastiCache CacheHitRate",
                        "AWS/ElastiCache Evictions",
                        "AWS/ApplicationELB RequestCount",
                        "AWS/ApplicationELB HTTPCode_Target_5XX_Count",
                        "AWS/ApplicationELB HealthyHostCount",
                        "AWS/RDS CPUUtilization",
                        "AWS/RDS ReplicaLag");
    }

    @Test
    void showsLagOnlyOfDatabasesThatAreCopied() {
        assertThat(metrics(body(Targets.guide("crp-preschool", "target: {size: small}"))))
                .noneMatch(metric -> metric.contains("Lag"));
        assertThat(metrics(body(Targets.guide("crp-preschool", """
                target: {size: small}
                stores: {postgres: {target: aurora}}
                """))))
                .contains("AWS/RDS AuroraReplicaLagMaximum")
                .doesNotContain("AWS/RDS ReplicaLag");
    }

    @Test
    void prostudioResponseTimeP99AndHitRate() {
        JsonNode body = body(Targets.guide("prostudio"));
        assertThat(body.findValuesAsText("stat")).contains("p99");
        assertThat(metrics(body)).contains("AWS/ElastiCache CacheHitRate");
    }

    @Test
    void saysFirstWhatItIs() {
        JsonNode first = body(Targets.crpPreschool()).at("/widgets/0");
        assertThat(first.path("type").asText()).isEqualTo("text");
        assertThat(first.at("/properties/markdown").asText()).startsWith("# crp-preschool\n");
    }

    static List<TargetSpec> guides() {
        return GuidesAlarmsTest.guides().toList();
    }

    @ParameterizedTest
    @MethodSource("guides")
    void isWhatCloudWatchReads(TargetSpec spec) {
        JsonNode body = body(spec);
        assertThat(body.path("widgets")).isNotEmpty().allSatisfy(widget -> {
            assertThat(Templates.names(widget)).containsExactly("type", "x", "y", "width", "height", "properties");
            assertThat(widget.path("x").asInt() + widget.path("width").asInt()).isLessThanOrEqualTo(24);
            if (widget.path("type").asText().equals("metric")) {
                assertThat(Templates.names(widget.path("properties"))).hasSameElementsAs(METRIC_PROPERTIES);
                assertThat(widget.at("/properties/metrics")).isNotEmpty().allSatisfy(DashboardTest::isMetric);
            }
        });
    }

    /** A namespace, a metric, pairs of a dimension and its value, and last how it is drawn. */
    private static void isMetric(JsonNode metric) {
        assertThat(metric.size()).isBetween(5, 9).matches(size -> size % 2 == 1);
        assertThat(Templates.names(metric.path(metric.size() - 1))).containsExactly("label", "stat");
    }

    private static Set<String> metrics(JsonNode body) {
        List<String> found = new ArrayList<>();
        body.findValues("metrics")
                .forEach(lines -> lines.forEach(line ->
                        found.add(line.path(0).asText() + " " + line.path(1).asText())));
        return new TreeSet<>(found);
    }

    private static JsonNode body(TargetSpec spec) {
        try {
            return StrictJson.mapper()
                    .readTree(property(template(spec), "Dashboard", "DashboardBody")
                            .path("Fn::Sub")
                            .asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
