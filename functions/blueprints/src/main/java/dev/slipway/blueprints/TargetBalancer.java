package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The way in: the load balancer, and what leads from it to each public service. */
record TargetBalancer(TargetSpec spec) {

    void addTo(Template template) {
        if (!spec.asksFor("AWS::ElasticLoadBalancingV2::LoadBalancer")) {
            return;
        }
        template.add(Blueprint.named("access-logs").place("", Map.of()));
        List<String> before = new ArrayList<>(TargetNetwork.internet(spec));
        before.add("AccessLogsPolicy");
        template.add(Blueprint.named("balancer")
                .place(
                        "",
                        Map.of(
                                "Vpc",
                                TargetNetwork.VPC,
                                "Subnets",
                                TargetNetwork.subnets("PublicSubnet"),
                                "LogBucket",
                                Intrinsic.ref("AccessLogs")))
                .after("LoadBalancer", before));
        new TargetListener(spec).addTo(template);
        if (spec.asksFor("AWS::WAFv2::WebACL")) {
            template.add(Blueprint.named("firewall")
                    .place("", Map.of("App", spec.plan().app(), "LoadBalancer", Intrinsic.ref("LoadBalancer"))));
        }
        spec.services().stream()
                .filter(TargetSpec::isPublic)
                .forEach(service -> service.port().ifPresent(port -> addWay(template, service, port)));
    }

    /** Makes a service, placed already, known to its target group. */
    static void register(PlannedService service, Piece piece, List<PathRule> rules) {
        Map<String, Object> registration = Intrinsic.ordered(
                "ContainerName", service.name(), "ContainerPort", service.port().orElseThrow());
        registration.put("TargetGroupArn", group(service));
        piece.with("Service", "LoadBalancers", List.of(registration))
                .with("Service", "HealthCheckGracePeriodSeconds", 60)
                // ECS refuses a target group that no load balancer leads to yet.
                .after("Service", rules.stream().map(rule -> rule.id() + "Rule").toList());
    }

    static List<PathRule> rulesOf(TargetSpec spec, PlannedService service) {
        return PathRule.of(spec.services()).stream()
                .filter(rule -> rule.service().equals(service))
                .toList();
    }

    private void addWay(Template template, PlannedService service, int port) {
        Piece group = placed(service, port);
        if (spec.isOnServers()) {
            TargetServers.register(spec, group, port);
        }
        template.add(group);
        if (spec.doubled().contains(service)) {
            template.add(placed(service.forerunner(), port));
        }
        rulesOf(spec, service).forEach(rule -> template.add(piece(rule)));
    }

    private static Piece placed(PlannedService service, int port) {
        return Blueprint.named("target-group")
                .place(
                        LogicalName.of(service.name()),
                        Map.of("Vpc", TargetNetwork.VPC, "Port", port, "HealthPath", service.healthPath()));
    }

    private Piece piece(PathRule rule) {
        Piece piece = Blueprint.named("rule")
                .place(
                        rule.id(),
                        Map.of(
                                "Listener", Intrinsic.ref("Listener"),
                                "TargetGroup", group(rule.service()),
                                "Priority", rule.priority(),
                                "Path", rule.path()));
        if (spec.doubled().contains(rule.service())) {
            leadToTheForerunner(rule.service(), piece);
        }
        return rule.host().map(host -> under(host, piece)).orElse(piece);
    }

    /** Both stand in the rule, so that one change of their weights switches it. */
    private static void leadToTheForerunner(PlannedService service, Piece piece) {
        List<Object> groups = List.of(
                Intrinsic.ordered("TargetGroupArn", group(service.forerunner()), "Weight", 1),
                Intrinsic.ordered("TargetGroupArn", group(service), "Weight", 0));
        piece.with(
                "Rule",
                "Actions",
                List.of(Intrinsic.ordered("Type", "forward", "ForwardConfig", Map.of("TargetGroups", groups))));
    }

    private static Piece under(String host, Piece piece) {
        List<Object> conditions = new ArrayList<>();
        if (piece.properties("Rule").get("Conditions") instanceof List<?> path) {
            conditions.addAll(path);
        }
        conditions.add(Intrinsic.ordered("Field", "host-header", "HostHeaderConfig", Map.of("Values", List.of(host))));
        return piece.with("Rule", "Conditions", conditions);
    }

    private static Map<String, Object> group(PlannedService service) {
        return Intrinsic.ref(LogicalName.of(service.name()) + "TargetGroup");
    }
}
