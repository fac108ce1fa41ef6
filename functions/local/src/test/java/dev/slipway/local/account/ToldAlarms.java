package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Alarms and the dashboard: of each public service, each database and each cache of the plan, and to whom they tell. */
final class ToldAlarms {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ToldAlarms() {}

    static void assertAsPlanned(MadeTarget target) throws JsonProcessingException {
        List<JsonNode> alarms = alarms(target);
        assertThat(alarms).allSatisfy(alarm -> {
            assertThat(alarm.path("AlarmActions")).extracting(JsonNode::asText).containsExactly(target.id("Alerts"));
            assertThat(alarm.path("ActionsEnabled").asBoolean(true)).isTrue();
        });
        for (PlannedService service : target.plan().services()) {
            if (!service.paths().isEmpty()) {
                String group = target.id(LogicalName.of(service.name()) + "TargetGroup");
                assertThat(about(alarms, "HealthyHostCount", group.substring(group.indexOf("targetgroup/"))))
                        .singleElement()
                        .satisfies(alarm -> says(alarm, "LessThanThreshold", 1));
            }
        }
        for (PlannedStore store : target.plan().stores()) {
            if (store.role() != StoreRole.LEAVE) {
                assertWatched(target, alarms, store);
            }
        }
        assertDashboard(target);
    }

    private static void assertWatched(MadeTarget target, List<JsonNode> alarms, PlannedStore store) {
        String prefix = LogicalName.of(store.name());
        if (store.kind() == StoreKind.POSTGRES) {
            instances(target, prefix)
                    .forEach(instance -> assertThat(about(alarms, "CPUUtilization", instance))
                            .singleElement()
                            .satisfies(alarm -> says(alarm, "GreaterThanThreshold", 80)));
        }
        if (store.kind() == StoreKind.REDIS) {
            String group = target.id(prefix + "Group");
            assertThat(alarms.stream()
                            .filter(alarm -> alarm.path("MetricName").asText().equals("EngineCPUUtilization"))
                            .filter(alarm ->
                                    alarm.at("/Dimensions/0/Value").asText().startsWith(group + "-")))
                    .as("one a node")
                    .hasSize(1 + store.standbys())
                    .allSatisfy(alarm -> says(alarm, "GreaterThanThreshold", 80));
        }
    }

    private static Set<String> instances(MadeTarget target, String prefix) {
        Set<String> instances = target
                .ask("rds", "DescribeDBInstances", Map.of())
                .path("DBInstances")
                .findValuesAsText("DBInstanceIdentifier")
                .stream()
                .filter(id -> target.named(id).orElse("").startsWith(prefix))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(instances).isNotEmpty();
        return instances;
    }

    private static void says(JsonNode alarm, String comparison, double threshold) {
        assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo(comparison);
        assertThat(alarm.path("Threshold").asDouble()).isEqualTo(threshold);
    }

    private static List<JsonNode> about(List<JsonNode> alarms, String metric, String subject) {
        return alarms.stream()
                .filter(alarm -> alarm.path("MetricName").asText().equals(metric))
                .filter(alarm ->
                        alarm.path("Dimensions").findValuesAsText("Value").contains(subject))
                .toList();
    }

    private static List<JsonNode> alarms(MadeTarget target) {
        List<JsonNode> alarms = new ArrayList<>();
        target.ask("cloudwatch", "DescribeAlarms", Map.of("MaxRecords", 100))
                .path("MetricAlarms")
                .forEach(alarm -> {
                    if (target.ids().containsValue(alarm.path("AlarmName").asText())) {
                        alarms.add(alarm);
                    }
                });
        return alarms;
    }

    /** Each reference in it became the name of something that is there. */
    private static void assertDashboard(MadeTarget target) throws JsonProcessingException {
        JsonNode body =
                JSON.readTree(target.ask("cloudwatch", "GetDashboard", Map.of("DashboardName", target.id("Dashboard")))
                        .path("DashboardBody")
                        .asText());
        assertThat(body.toString()).doesNotContain("${");
        Set<String> subjects = new TreeSet<>();
        body.findValues("metrics")
                .forEach(lines -> lines.forEach(line -> line.forEach(word -> subjects.add(word.asText()))));
        for (PlannedService service : target.plan().services()) {
            String arn = target.id(LogicalName.of(service.name()) + "Service");
            assertThat(subjects).contains(arn.substring(arn.lastIndexOf('/') + 1));
        }
        for (PlannedStore store : target.plan().stores()) {
            String prefix = LogicalName.of(store.name());
            if (store.role() != StoreRole.LEAVE && store.kind() == StoreKind.POSTGRES) {
                assertThat(subjects).containsAll(instances(target, prefix));
            } else if (store.role() != StoreRole.LEAVE && store.kind() == StoreKind.REDIS) {
                assertThat(subjects).contains(target.id(prefix + "Group") + "-001");
            }
        }
    }
}
