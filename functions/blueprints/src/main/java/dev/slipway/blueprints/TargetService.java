package dev.slipway.blueprints;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One of the app's services. */
record TargetService(TargetSpec.Service service, List<PathRule> rules) {

    void addTo(Template template) {
        Piece piece = Blueprint.named("service").place(prefix(), values());
        fillIn(container(piece));
        service.port().ifPresent(port -> addDiscovery(template, piece));
        if (service.isPublic()) {
            service.port().ifPresent(port -> addWayIn(template, piece, port));
        }
        template.add(piece);
    }

    private Map<String, Object> values() {
        return Map.of(
                "Name", service.name(),
                "Image", service.image(),
                "Cpu", Integer.toString(service.cpu()),
                "Memory", Integer.toString(service.memoryMib()),
                "Cluster", Intrinsic.ref("Cluster"),
                "Log", Intrinsic.ref("Log"),
                "TaskRole", Intrinsic.attribute("TaskRole.Arn"),
                "ExecutionRole", Intrinsic.attribute("ExecutionRole.Arn"),
                "Subnets", TargetNetwork.subnets("ServicesSubnet"),
                "SecurityGroup", TargetNetwork.SERVICES);
    }

    private static Map<String, Object> container(Piece piece) {
        Object containers = piece.properties("TaskDefinition").get("ContainerDefinitions");
        return Blueprint.mapping(containers instanceof List<?> list ? list.getFirst() : null);
    }

    private void fillIn(Map<String, Object> container) {
        service.port().ifPresent(port -> container.put("PortMappings", List.of(Map.of("ContainerPort", port))));
        if (!service.command().isEmpty()) {
            container.put("Command", service.command());
        }
        if (!service.environment().isEmpty()) {
            container.put("Environment", pairs(service.environment(), "Value"));
        }
        if (!service.secrets().isEmpty()) {
            container.put("Secrets", pairs(service.secrets(), "ValueFrom"));
        }
    }

    private static List<Object> pairs(Map<String, String> variables, String valueKey) {
        List<Object> pairs = new ArrayList<>();
        variables.forEach((name, value) -> pairs.add(ordered("Name", name, valueKey, value)));
        return pairs;
    }

    private void addDiscovery(Template template, Piece piece) {
        template.add(Blueprint.named("discovery")
                .place(prefix(), Map.of("Name", service.name(), "Namespace", Intrinsic.ref("Namespace"))));
        Object arn = Intrinsic.attribute(prefix() + "Discovery.Arn");
        piece.with("Service", "ServiceRegistries", List.of(Map.of("RegistryArn", arn)));
    }

    private void addWayIn(Template template, Piece piece, int port) {
        Map<String, Object> group = Intrinsic.ref(prefix() + "TargetGroup");
        template.add(Blueprint.named("target-group")
                .place(prefix(), Map.of("Vpc", TargetNetwork.VPC, "Port", port, "HealthPath", service.healthPath())));
        rules.forEach(rule -> template.add(piece(rule, group)));
        Map<String, Object> registration = ordered("ContainerName", service.name(), "ContainerPort", port);
        registration.put("TargetGroupArn", group);
        piece.with("Service", "LoadBalancers", List.of(registration))
                .with("Service", "HealthCheckGracePeriodSeconds", 60)
                // ECS refuses a target group that no load balancer leads to yet.
                .after("Service", rules.stream().map(rule -> rule.id() + "Rule").toList());
    }

    private static Piece piece(PathRule rule, Map<String, Object> group) {
        Piece piece = Blueprint.named("rule")
                .place(
                        rule.id(),
                        Map.of(
                                "Listener", Intrinsic.ref("Listener"),
                                "TargetGroup", group,
                                "Priority", rule.priority(),
                                "Path", rule.path()));
        return rule.host().map(host -> under(host, piece)).orElse(piece);
    }

    private static Piece under(String host, Piece piece) {
        List<Object> conditions = new ArrayList<>();
        if (piece.properties("Rule").get("Conditions") instanceof List<?> path) {
            conditions.addAll(path);
        }
        conditions.add(ordered("Field", "host-header", "HostHeaderConfig", Map.of("Values", List.of(host))));
        return piece.with("Rule", "Conditions", conditions);
    }

    private static Map<String, Object> ordered(String key, Object value, String otherKey, Object otherValue) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put(key, value);
        pair.put(otherKey, otherValue);
        return pair;
    }

    private String prefix() {
        return LogicalName.of(service.name());
    }
}
