package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The alarms that the guides ask for, line by line. */
class GuidesAlarmsTest {
    private static final JsonNode SMARTBOARD = template(Targets.smartboard());
    private static final JsonNode PRESCHOOL = template(Targets.crpPreschool());

    @Test
    void smartboardEcsServiceHealthyHostCountBelowOneToSns() {
        assertThat(alarms(SMARTBOARD, "HealthyHostCount")).hasSize(2).allSatisfy(alarm -> {
            says(alarm, "LessThanThreshold", 1, 60);
            assertThat(alarm.path("Dimensions").findValuesAsText("Name"))
                    .containsExactly("LoadBalancer", "TargetGroup");
        });
    }

    @Test
    void aServiceWithoutAnyHostTellsButNotBeforeItHadOne() {
        assertThat(alarms(PRESCHOOL, "HealthyHostCount")).isNotEmpty().allSatisfy(alarm -> {
            assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("missing");
            assertThat(alarm.path("InsufficientDataActions").toString()).contains("Alerts");
        });
    }

    @Test
    void smartboardRdsCpuAbove80Percent() {
        assertThat(alarms(SMARTBOARD, "AWS/RDS", "CPUUtilization"))
                .singleElement()
                .satisfies(alarm -> says(alarm, "GreaterThanThreshold", 80, 300));
    }

    @Test
    void smartboardElastiCacheEngineCpuAbove80PercentOnEachNode() {
        assertThat(alarms(SMARTBOARD, "EngineCPUUtilization")).hasSize(2).allSatisfy(alarm -> {
            says(alarm, "GreaterThanThreshold", 80, 300);
            assertThat(alarm.at("/Dimensions/0/Value/Fn::Sub").asText()).matches("\\$\\{RedisGroup}-00[12]");
        });
    }

    @Test
    void smartboardAlbResponseTimeAbove2Seconds() {
        assertThat(alarms(SMARTBOARD, "TargetResponseTime"))
                .singleElement()
                .satisfies(alarm -> says(alarm, "GreaterThanThreshold", 2, 60));
    }

    @Test
    void smartboardAlb5xxMoreThan10AMinute() {
        assertThat(alarms(SMARTBOARD, "HTTPCode_Target_5XX_Count"))
                .singleElement()
                .satisfies(alarm -> {
                    says(alarm, "GreaterThanThreshold", 10, 60);
                    assertThat(alarm.path("Statistic").asText()).isEqualTo("Sum");
                });
    }

    @Test
    void preschoolDatabaseCpuAbove80Percent() {
        assertThat(alarms(PRESCHOOL, "AWS/RDS", "CPUUtilization"))
                .singleElement()
                .satisfies(alarm -> says(alarm, "GreaterThanThreshold", 80, 300));
    }

    @ParameterizedTest
    @CsvSource({"MemoryUtilization, 2", "DatabaseMemoryUsagePercentage, 1"})
    void preschoolMemoryUtilizationAbove80Percent(String metric, int number) {
        assertThat(alarms(PRESCHOOL, metric))
                .hasSizeGreaterThanOrEqualTo(number)
                .allSatisfy(alarm -> says(alarm, "GreaterThanThreshold", 80, 300));
    }

    @Test
    void preschoolMemoryOfTheDatabaseIsWatchedByWhatIsLeft() {
        assertThat(alarms(PRESCHOOL, "FreeableMemory"))
                .singleElement()
                .satisfies(alarm -> says(alarm, "LessThanThreshold", 64 << 20, 300));
    }

    @Test
    void preschoolApplicationErrorsRate() {
        assertThat(PRESCHOOL
                        .at("/Resources/AuthServiceLogErrors/Properties/FilterPattern")
                        .asText())
                .contains("ERROR", "FATAL");
        JsonNode alarm = PRESCHOOL.at("/Resources/HighErrorRate/Properties");
        assertThat(alarm.path("Metrics").findValuesAsText("MetricName")).containsExactly("Errors", "RequestCount");
    }

    @Test
    void bahnvisionHighErrorRateAbove5OverTwoPeriodsOf5Minutes() {
        JsonNode alarm = PRESCHOOL.at("/Resources/HighErrorRate/Properties");
        assertThat(alarm.path("Threshold").asInt()).isEqualTo(5);
        assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(2);
        assertThat(alarm.path("Metrics").findValuesAsText("Period")).containsOnly("300");
    }

    @Test
    void preschoolApiLatencyAbove2Seconds() {
        assertThat(alarms(PRESCHOOL, "TargetResponseTime"))
                .singleElement()
                .satisfies(alarm -> says(alarm, "GreaterThanThreshold", 2, 60));
    }

    @Test
    void preschoolFailedLoginAttemptsMoreThan10AMinute() {
        assertThat(alarms(PRESCHOOL, "FailedLogins"))
                .singleElement()
                .satisfies(alarm -> says(alarm, "GreaterThanThreshold", 10, 60));
        assertThat(PRESCHOOL
                        .at("/Resources/AuthServiceLogFailedLogins/Properties/LogGroupName/Ref")
                        .asText())
                .isEqualTo("AuthServiceLog");
    }

    @Test
    void tellsBeforehandOfWhatIsMoreThanAProofOfConcept() {
        assertThat(alarms(SMARTBOARD, "AWS/ECS", "CPUUtilization")).hasSizeGreaterThanOrEqualTo(9);
        assertThat(alarms(SMARTBOARD, "FreeStorageSpace"))
                .singleElement()
                .satisfies(alarm -> says(alarm, "LessThanThreshold", (100L << 30) / 100 * 15, 300));
        assertThat(alarms(SMARTBOARD, "DatabaseConnections")).hasSize(1);
        assertThat(alarms(PRESCHOOL, "DatabaseConnections")).isEmpty();
        assertThat(alarms(PRESCHOOL, "Evictions")).isEmpty();
    }

    @Test
    void watchesEvictionsOnlyOfWhatIsNoCache() {
        String redis = "services: {redis: {image: 'redis:7'}, web: {image: 'shop/web:1', ports: ['80:80']}}";
        String small = "target: {size: small}\nstores: {redis: {url: 'redis://h', role: %s}}";
        assertThat(alarms(template(Targets.of(redis, small.formatted("record"))), "Evictions"))
                .hasSize(2);
        assertThat(alarms(template(Targets.of(redis, small.formatted("cache"))), "Evictions"))
                .isEmpty();
    }

    static Stream<TargetSpec> guides() {
        return Stream.of("crp-preschool", "smartboard", "migrateai", "prostudio", "bahnvision")
                .flatMap(app -> Stream.of("poc", "small", "medium")
                        .map(size -> Targets.guide(app, "target: {compute: fargate, size: " + size + "}")));
    }

    @ParameterizedTest
    @MethodSource("guides")
    void eachAlarmCallsTheTopicOfTheTarget(TargetSpec spec) {
        assertThat(alarms(template(spec))).hasSizeGreaterThan(5).allSatisfy(alarm -> {
            assertThat(alarm.at("/AlarmActions/0/Ref").asText()).isEqualTo("Alerts");
            assertThat(alarm.path("AlarmDescription").toString()).isNotEmpty();
            assertThat(alarm.path("TreatMissingData").asText()).isIn("missing", "notBreaching");
        });
    }

    @ParameterizedTest
    @MethodSource("guides")
    void thePlanPricesEachMetricThatAnAlarmLooksAt(TargetSpec spec) {
        int metrics = alarms(template(spec)).stream()
                .mapToInt(alarm -> Math.max(1, alarm.findValues("MetricStat").size()))
                .sum();
        assertThat(spec.plan().cost().lines())
                .filteredOn(line -> line.item().equals("alarms"))
                .singleElement()
                .satisfies(line -> assertThat(line.quantity()).isEqualTo(Integer.toString(metrics)));
    }

    @Test
    void alarmsOfAProofOfConceptCostLessThanTwoDollars() {
        assertThat(Targets.crpPreschool().plan().cost().lines())
                .filteredOn(line -> line.item().equals("alarms"))
                .allSatisfy(line -> assertThat(line.monthlyUsd()).isLessThan(new BigDecimal("2")));
    }

    private static void says(JsonNode alarm, String comparison, long threshold, int period) {
        assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo(comparison);
        assertThat(alarm.path("Threshold").asLong()).isEqualTo(threshold);
        assertThat(alarm.path("Period").asInt()).isEqualTo(period);
    }

    private static List<JsonNode> alarms(JsonNode template, String namespace, String metric) {
        return alarms(template, metric).stream()
                .filter(alarm -> alarm.path("Namespace").asText().equals(namespace))
                .toList();
    }

    private static List<JsonNode> alarms(JsonNode template, String metric) {
        return alarms(template).stream()
                .filter(alarm -> alarm.path("MetricName").asText().equals(metric))
                .toList();
    }

    private static List<JsonNode> alarms(JsonNode template) {
        return StreamSupport.stream(template.path("Resources").spliterator(), false)
                .filter(resource -> resource.path("Type").asText().equals("AWS::CloudWatch::Alarm"))
                .map(resource -> resource.path("Properties"))
                .toList();
    }
}
