package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedService;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who may reach whom: a security group for the load balancer, one for each public service, one for all private ones, one for the
 * migration's workers and the app's jobs, and one for each store. Each lets in only the groups of those that the plan says talk to it,
 * and only by the port of what they ask.
 */
record TargetAccess(TargetSpec spec) {
    private static final String SERVICES = "Services";
    private static final String WORKERS = "Workers";
    private static final String LOAD_BALANCER = "LoadBalancer";

    /** The security group of a service. */
    static Object group(PlannedService service) {
        return group(name(service));
    }

    /** Of what runs once or by a schedule: every store lets it in, and nobody asks it. */
    static Object group(PlannedJob job) {
        return group(WORKERS);
    }

    void addTo(Template template) {
        template.add(Blueprint.named("workers")
                .place("", Map.of("Vpc", TargetNetwork.VPC, "Subnets", TargetNetwork.subnets("ServicesSubnet"))));
        if (spec.isOnServers()) {
            return;
        }
        template.add(made(SERVICES, "The private services of the app."));
        spec.services().stream()
                .filter(TargetSpec::isPublic)
                .forEach(service -> template.add(made(name(service), "The public service " + service.name() + ".")));
        ways().forEach((port, ways) -> ways.forEach(way -> template.add(way.piece(port))));
    }

    /** Lets a store's users, the workers and the plan's other clients reach it. */
    void addStore(Template template, String prefix, int port) {
        addServices(template, prefix, port);
        addClients(template, prefix, port);
    }

    /** Lets those services reach a store, or the proxy before it, whose access names it. */
    void addServices(Template template, String prefix, int port) {
        users(prefix)
                .forEach(user -> template.add(access(prefix + "From" + user, group(prefix), group(user), port, user)));
    }

    /** Lets the workers and the plan's other clients reach a store. */
    void addClients(Template template, String prefix, int port) {
        template.add(access(prefix + "From" + WORKERS, group(prefix), group(WORKERS), port, WORKERS));
        int number = 0;
        for (String client : spec.plan().target().network().clients()) {
            number++;
            template.add(client(prefix + "Client" + number, group(prefix), client, port));
        }
    }

    /** Pods share their nodes' group. */
    private Set<String> users(String prefix) {
        return spec.services().stream()
                .filter(service -> service.access().stores().stream()
                        .map(LogicalName::of)
                        .anyMatch(store -> prefix.equals(store) || prefix.equals(store + "Proxy")))
                .map(service -> spec.isOnCluster() ? SERVICES : name(service))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each once, however many services of a group take it: EC2 refuses a second one like it. */
    private Map<Integer, Set<Way>> ways() {
        Map<Integer, Set<Way>> ways = new TreeMap<>();
        for (PlannedService asked : spec.services()) {
            asked.port().ifPresent(port -> {
                Set<Way> here = ways.computeIfAbsent(port, any -> new TreeSet<>(Way.ORDER));
                if (TargetSpec.isPublic(asked)) {
                    here.add(new Way(LOAD_BALANCER, name(asked)));
                }
                askers(asked).forEach(asker -> here.add(new Way(name(asker), name(asked))));
            });
        }
        return ways;
    }

    private List<PlannedService> askers(PlannedService asked) {
        return spec.services().stream()
                .filter(service -> service.access().services().contains(asked.name()))
                .toList();
    }

    private static String name(PlannedService service) {
        return TargetSpec.isPublic(service) ? LogicalName.of(service.name()) : SERVICES;
    }

    private static Object group(String name) {
        return Intrinsic.attribute(name + "SecurityGroup.GroupId");
    }

    private static Piece made(String name, String what) {
        return Blueprint.named("group").place(name, Map.of("Vpc", TargetNetwork.VPC, "What", what));
    }

    private static Piece client(String prefix, Object store, String client, int port) {
        return client.startsWith("sg-")
                ? access(prefix, store, client, port, "Clients")
                : Blueprint.named("access-range")
                        .place(prefix, Map.of("Group", store, "Range", client, "Port", port, "Who", "Clients"));
    }

    private static Piece access(String prefix, Object group, Object source, int port, String who) {
        return Blueprint.named("access-group")
                .place(prefix, Map.of("Group", group, "Source", source, "Port", port, "Who", who));
    }

    /** From the members of a group to those of another one, or of the same. */
    private record Way(String from, String to) {
        static final Comparator<Way> ORDER = Comparator.comparing(Way::to).thenComparing(Way::from);

        Piece piece(int port) {
            return access(from + "To" + to + port, group(to), group(from), port, from);
        }
    }
}
