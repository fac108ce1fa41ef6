package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.spec.Servers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Servers that run the services: those of today, which the load balancer is let in to, and those that are made beside them. */
record TargetServers(TargetSpec spec) {
    private static final List<String> ZONES = List.of("ZoneA", "ZoneB");
    private static final String GROUP = "ServersSecurityGroup";

    void addTo(Template template) {
        Object balancers = Intrinsic.function("Value", Intrinsic.attribute("LoadBalancerSecurityGroup.GroupId"));
        template.add(new Piece(Map.of(), Map.of("LoadBalancerSecurityGroup", balancers), "", ""));
        servers().securityGroup().ifPresent(group -> letIn(template, "Existing", group));
        if (servers().count() > 0) {
            template.add(Blueprint.named("group")
                    .place(
                            "Servers",
                            Map.of("Vpc", TargetNetwork.VPC, "What", "Servers that only the load balancer may ask.")));
            letIn(template, "Further", Intrinsic.attribute(GROUP + ".GroupId"));
            IntStream.rangeClosed(1, servers().count()).forEach(number -> template.add(server(number)));
        }
    }

    /** What a target group knows of them: all of one kind, be it ids or addresses. */
    static void register(TargetSpec spec, Piece group, int port) {
        Servers servers = spec.plan().target().servers();
        List<Object> targets = new ArrayList<>();
        servers.existing().forEach(server -> targets.add(target(server, port)));
        for (int number = 1; number <= servers.count(); number++) {
            Object id = servers.isByAddress()
                    ? Intrinsic.attribute(prefix(number) + "Server.PrivateIp")
                    : Intrinsic.ref(prefix(number) + "Server");
            targets.add(target(id, port));
        }
        group.with("TargetGroup", "TargetType", servers.isByAddress() ? "ip" : "instance")
                .with("TargetGroup", "Targets", targets);
    }

    private static Map<String, Object> target(Object id, int port) {
        return Intrinsic.ordered("Id", id, "Port", port);
    }

    private void letIn(Template template, String who, Object group) {
        for (int port : ports()) {
            template.add(Blueprint.named("access-group")
                    .place(
                            "LoadBalancerTo" + who + port,
                            Map.of(
                                    "Group", group,
                                    "Source", Intrinsic.attribute("LoadBalancerSecurityGroup.GroupId"),
                                    "Port", port,
                                    "Who", "The load balancer of " + spec.plan().app())));
        }
    }

    private Set<Integer> ports() {
        return spec.services().stream()
                .filter(TargetSpec::isPublic)
                .flatMap((PlannedService service) -> service.port().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** In one zone after the other. */
    private Piece server(int number) {
        List<Object> groups = new ArrayList<>();
        groups.add(Intrinsic.attribute(GROUP + ".GroupId"));
        groups.addAll(servers().securityGroup().stream().toList());
        String zone = ZONES.get((number - 1) % ZONES.size());
        Piece piece = Blueprint.named("server")
                .place(
                        prefix(number),
                        Map.of(
                                "Name", spec.plan().app() + "-" + number,
                                "Subnet", Intrinsic.ref(zone + "ServicesSubnet"),
                                "SecurityGroups", groups));
        servers().image().ifPresent(image -> piece.with("Server", "ImageId", image));
        servers().instanceType().ifPresent(type -> piece.with("Server", "InstanceType", type));
        servers().launchTemplate().ifPresent(from -> piece.with("Server", "LaunchTemplate", launchTemplate(from)));
        return piece;
    }

    private static Map<String, Object> launchTemplate(Servers.LaunchTemplate from) {
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("LaunchTemplateId", from.id());
        template.put("Version", Integer.toString(from.version()));
        return template;
    }

    private static String prefix(int number) {
        return "Further" + number;
    }

    private Servers servers() {
        return spec.plan().target().servers();
    }
}
