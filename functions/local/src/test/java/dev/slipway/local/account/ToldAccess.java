package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which security group lets in whom, and by which port: the load balancer's, each service's, each store's. */
final class ToldAccess {
    private static final Map<StoreKind, Integer> PORTS = Map.of(StoreKind.POSTGRES, 5432, StoreKind.REDIS, 6379);
    /** What asks services for their measurements; TelemetryTest knows it. */
    private static final String COLLECTOR = "Collector";

    private ToldAccess() {}

    static void assertAsPlanned(MadeTarget target) {
        Map<String, Set<String>> planned = planned(target);
        planned.forEach(
                (group, ways) -> assertThat(told(target, group)).as(group).containsExactlyInAnyOrderElementsOf(ways));
        assertThat(told(target, "LoadBalancer"))
                .isSubsetOf("80 from 0.0.0.0/0", "443 from 0.0.0.0/0")
                .isNotEmpty();
        assertThat(told(target, "Workers")).isEmpty();
    }

    private static Map<String, Set<String>> planned(MadeTarget target) {
        Map<String, Set<String>> planned = new TreeMap<>();
        for (PlannedService asked : target.plan().services()) {
            Set<String> ways = planned.computeIfAbsent(group(asked), absent -> new TreeSet<>());
            asked.port().ifPresent(port -> {
                if (!asked.paths().isEmpty()) {
                    ways.add(port + " from LoadBalancer");
                }
                target.plan().services().stream()
                        .filter(asker -> asker.access().services().contains(asked.name()))
                        .forEach(asker -> ways.add(port + " from " + group(asker)));
            });
        }
        for (PlannedStore store : target.plan().stores()) {
            Integer port = PORTS.get(store.kind());
            if (port != null && store.role() != StoreRole.LEAVE) {
                Set<String> ways = planned.computeIfAbsent(LogicalName.of(store.name()), absent -> new TreeSet<>());
                ways.add(port + " from Workers");
                target.plan().services().stream()
                        .filter(user -> user.access().stores().contains(store.name()))
                        .forEach(user -> ways.add(port + " from " + group(user)));
            }
        }
        return planned;
    }

    /** Private services share one. */
    private static String group(PlannedService service) {
        return service.paths().isEmpty() ? "Services" : LogicalName.of(service.name());
    }

    private static List<String> told(MadeTarget target, String group) {
        JsonNode permissions = target.ask(
                        "ec2",
                        "DescribeSecurityGroups",
                        Map.of("GroupIds", List.of(target.id(group + "SecurityGroup"))))
                .at("/SecurityGroups/0/IpPermissions");
        Set<String> told = new TreeSet<>();
        permissions.forEach(permission -> {
            assertThat(permission.path("ToPort")).isEqualTo(permission.path("FromPort"));
            String from = permission.path("FromPort").asText() + " from ";
            permission
                    .path("IpRanges")
                    .forEach(range -> told.add(from + range.path("CidrIp").asText()));
            permission.path("UserIdGroupPairs").forEach(pair -> told.add(from + name(target, pair)));
        });
        return told.stream().filter(way -> !way.endsWith(" from " + COLLECTOR)).toList();
    }

    private static String name(MadeTarget target, JsonNode pair) {
        String id = pair.path("GroupId").asText();
        return target.named(id)
                .map(name -> name.replaceFirst("SecurityGroup$", ""))
                .orElse(id);
    }
}
