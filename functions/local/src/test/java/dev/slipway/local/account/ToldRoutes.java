package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.plan.PlannedService;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which path of which host the load balancer leads to which service. */
final class ToldRoutes {
    /** @param host empty: any */
    private record Way(String path, String host, String service) {}

    private ToldRoutes() {}

    static void assertAsPlanned(MadeTarget target) {
        List<Way> told = target.ask("elbv2", "DescribeRules", Map.of("ListenerArn", target.id("Listener")))
                .path("Rules")
                .valueStream()
                .filter(rule -> !rule.path("IsDefault").asBoolean())
                .sorted(Comparator.comparingInt(rule -> rule.path("Priority").asInt()))
                .map(rule -> way(target, rule))
                .toList();
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(target.plan().services().stream()
                        .flatMap(ToldRoutes::ways)
                        .toList());
        assertThat(told)
                .as("the most specific goes first")
                .isSortedAccordingTo(
                        Comparator.comparingInt((Way way) -> literal(way)).reversed());
        target.plan().services().stream()
                .filter(service -> !service.paths().isEmpty())
                .forEach(service -> assertAsked(target, service));
    }

    private static void assertAsked(MadeTarget target, PlannedService service) {
        JsonNode group = target.ask(
                        "elbv2", "DescribeTargetGroups", Map.of("TargetGroupArns", List.of(group(target, service))))
                .at("/TargetGroups/0");
        assertThat(group.path("Port").asInt()).isEqualTo(service.port().orElseThrow());
        assertThat(group.path("HealthCheckPath").asText()).isEqualTo(service.healthPath());
        assertThat(group.path("TargetType").asText()).isEqualTo("ip");
        assertThat(group.path("VpcId").asText()).isEqualTo(target.id("Vpc"));
    }

    private static Way way(MadeTarget target, JsonNode rule) {
        String group = rule.at("/Actions/0/TargetGroupArn").asText();
        return new Way(
                value(rule, "path-pattern"),
                value(rule, "host-header"),
                target.plan().services().stream()
                        .filter(service -> !service.paths().isEmpty())
                        .filter(service -> group(target, service).equals(group))
                        .map(PlannedService::name)
                        .findFirst()
                        .orElse("nobody"));
    }

    private static String value(JsonNode rule, String field) {
        return rule.path("Conditions")
                .valueStream()
                .filter(condition -> condition.path("Field").asText().equals(field))
                .map(condition -> condition.findPath("Values"))
                .map(values -> values.path(0).asText())
                .findFirst()
                .orElse("");
    }

    private static Stream<Way> ways(PlannedService service) {
        List<String> hosts = service.hosts().isEmpty() ? List.of("") : service.hosts();
        return service.paths().stream()
                .flatMap(path -> hosts.stream().map(host -> new Way(path, host, service.name())));
    }

    private static int literal(Way way) {
        return way.path().split("[*?]", 2)[0].length();
    }

    private static String group(MadeTarget target, PlannedService service) {
        return target.id(LogicalName.of(service.name()) + "TargetGroup");
    }
}
