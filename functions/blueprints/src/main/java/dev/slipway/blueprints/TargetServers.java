package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.spec.Servers;
import java.util.ArrayList;
import java.util.HashMap;
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
                                    "Group",
                                    group,
                                    "Source",
                                    Intrinsic.attribute("LoadBalancerSecurityGroup.GroupId"),
                                    "Port",
                                    port,
                                    "Who",
                                    "The load balancer of " + spec.plan().app())));
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
        Map<String, Object> values = new HashMap<>();
        values.put("Name", spec.plan().app() + "-" + number);
        values.put("Subnet", Intrinsic.ref(ZONES.get((number - 1) % ZONES.size()) + "ServicesSubnet"));
        values.put("SecurityGroups", groups);
        return servers()
                .launchTemplate()
                .map(from -> launched(number, values, from))
                .orElseGet(() -> fromImage(number, values));
    }

    private Piece fromImage(int number, Map<String, Object> values) {
        values.put("Image", servers().image().orElseThrow());
        values.put("Instance", servers().instanceType().orElseThrow());
        return Blueprint.named("server").place(prefix(number), values);
    }

    private Piece launched(int number, Map<String, Object> values, Servers.LaunchTemplate from) {
        values.put("LaunchTemplate", from.id());
        values.put("Version", Integer.toString(from.version()));
        Piece piece = Blueprint.named("server-launch").place(prefix(number), values);
        servers().image().ifPresent(image -> piece.with("Server", "ImageId", image));
        servers().instanceType().ifPresent(type -> piece.with("Server", "InstanceType", type));
        return piece;
    }

    private static String prefix(int number) {
        return "Further" + number;
    }

    private Servers servers() {
        return spec.plan().target().servers();
    }
}
