package dev.slipway.blueprints;

import dev.slipway.migration.plan.Collector;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.TargetNames;
import java.util.LinkedHashMap;
import java.util.Map;

/** What takes the place of Prometheus, Grafana and Jaeger, and the collector that fills it. */
record TargetTelemetry(TargetSpec spec) {
    private static final Object ROLE = Intrinsic.ref("CollectorRole");
    private static final Object GROUP = Intrinsic.attribute("CollectorSecurityGroup.GroupId");

    void addTo(Template template) {
        Map<String, Object> app = Map.of("App", spec.plan().app());
        if (asksForMetrics()) {
            template.add(Blueprint.named("prometheus").place("", app));
        }
        if (spec.asksFor("AWS::Grafana::Workspace")) {
            template.add(Blueprint.named("grafana").place("", app));
        }
        if (asksForTraces()) {
            template.add(Blueprint.named("traces").place("", Map.of()));
        }
        if (spec.plan().resources().stream().anyMatch(TargetTelemetry::isCollector)) {
            addCollector(template);
        }
    }

    private static boolean isCollector(PlannedResource resource) {
        return resource.type().equals("AWS::ECS::Service") && resource.name().equals(Collector.NAME);
    }

    private boolean asksForMetrics() {
        return spec.asksFor("AWS::APS::Workspace");
    }

    private boolean asksForTraces() {
        return spec.asksFor("AWS::XRay::SamplingRule");
    }

    private void addCollector(Template template) {
        template.add(Blueprint.named("collector")
                .place(
                        "",
                        Map.of(
                                "Name", Collector.NAME,
                                "Configuration", configuration(),
                                "Cluster", Intrinsic.ref("Cluster"),
                                "LogGroup", TargetNames.folder(spec.plan().app()) + Collector.NAME,
                                "ExecutionRole", Intrinsic.ref("ExecutionRole"),
                                "ExecutionRoleArn", Intrinsic.attribute("ExecutionRole.Arn"),
                                "Namespace", Intrinsic.ref("Namespace"),
                                "Vpc", TargetNetwork.VPC,
                                "Subnets", TargetNetwork.subnets("ServicesSubnet"))));
        if (asksForMetrics()) {
            template.add(Blueprint.named("collector-metrics")
                    .place("", Map.of("Role", ROLE, "Workspace", Intrinsic.attribute("Prometheus.Arn"))));
            addAsking(template);
        }
        if (asksForTraces()) {
            template.add(Blueprint.named("collector-traces").place("", Map.of("Role", ROLE)));
            addTelling(template);
        }
    }

    private Object configuration() {
        CollectorConfiguration configuration =
                new CollectorConfiguration(spec.plan().app());
        if (asksForMetrics()) {
            configuration.metrics(spec.services());
        }
        if (asksForTraces()) {
            configuration.traces();
        }
        return Intrinsic.function(Intrinsic.SUB, configuration.json());
    }

    /** Lets the collector ask the services: once for a group and a port, because EC2 refuses a second rule like it. */
    private void addAsking(Template template) {
        Map<String, Piece> rules = new LinkedHashMap<>();
        for (PlannedService service : spec.services()) {
            service.port().ifPresent(port -> {
                Object group = TargetAccess.group(service);
                rules.putIfAbsent(
                        group + ":" + port,
                        access("Collector" + LogicalName.of(service.name()), group, GROUP, port, "Collector"));
            });
        }
        rules.values().forEach(template::add);
    }

    /** Lets the services tell the collector. */
    private void addTelling(Template template) {
        Map<String, Piece> rules = new LinkedHashMap<>();
        for (PlannedService service : spec.services()) {
            Object group = TargetAccess.group(service);
            for (int port : Collector.PORTS) {
                rules.putIfAbsent(
                        group + ":" + port,
                        access(LogicalName.of(service.name()) + "Collector" + port, GROUP, group, port, "Services"));
            }
        }
        rules.values().forEach(template::add);
    }

    private static Piece access(String prefix, Object group, Object source, int port, String who) {
        return Blueprint.named("access-group")
                .place(prefix, Map.of("Group", group, "Source", source, "Port", port, "Who", who));
    }
}
