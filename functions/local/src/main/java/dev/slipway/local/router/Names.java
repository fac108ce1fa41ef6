package dev.slipway.local.router;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Follows a name from record to record until a server, a load balancer or nothing is found. */
final class Names {
    private static final int MOST_HOPS = 8;

    private final Map<String, List<OldServer>> old;
    private final Supplier<NameRecords> records;
    private final Balancers balancers;
    private final RandomGenerator random;

    Names(
            Map<String, List<OldServer>> old,
            Supplier<NameRecords> records,
            Balancers balancers,
            RandomGenerator random) {
        this.old = Map.copyOf(old);
        this.records = records;
        this.balancers = balancers;
        this.random = random;
    }

    /** Where a request for that name, port and path goes this time. */
    Destination find(String host, int port, String path) {
        String name = AccountRecords.plain(host);
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            Optional<Destination> end = end(name, host, port, path);
            if (end.isPresent()) {
                return end.get();
            }
            NameRecords known = records.get();
            if (!known.has(name)) {
                return Destination.Answer.badGateway(
                        "no hosted zone and no load balancer of the account knows " + name);
            }
            name = known.draw(name, random);
        }
        return Destination.Answer.badGateway(host + " leads from name to name without an end");
    }

    private Optional<Destination> end(String name, String host, int port, String path) {
        if (old.containsKey(name)) {
            return Optional.of(oldServer(old.getOrDefault(name, List.of()), path));
        }
        if (isAddress(name)) {
            return Optional.of(new Destination.Server(new InetSocketAddress(name, port), new Side.Old()));
        }
        return balancers.named(name).map(balancer -> balanced(balancer, host, port, path));
    }

    /** As its NGINX does it: the longest prefix wins. */
    private static Destination oldServer(List<OldServer> servers, String path) {
        return servers.stream()
                .filter(server -> path.startsWith(server.prefix()))
                .max(Comparator.comparingInt(server -> server.prefix().length()))
                .<Destination>map(server -> new Destination.Server(server.address(), new Side.Old()))
                .orElseGet(() -> new Destination.Answer(404, "no service for " + path, Optional.of(new Side.Old())));
    }

    /** Statuses as at docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html. */
    private Destination balanced(Balancer balancer, String host, int port, String path) {
        Optional<Side> side = Optional.of(new Side.Balanced(balancer.fullName()));
        Optional<Balancer.Action> action = balancer.action(port, host, path);
        if (action.isEmpty()) {
            return new Destination.Answer(502, balancer.fullName() + " does not listen on port " + port, side);
        }
        return switch (action.get()) {
            case Balancer.Action.Respond respond -> new Destination.Answer(respond.status(), respond.body(), side);
            case Balancer.Action.Forward forward -> forwarded(forward, side.orElseThrow());
            case Balancer.Action.Redirect redirect ->
                new Destination.Answer(502, balancer.fullName() + " redirects twice", side);
        };
    }

    private Destination forwarded(Balancer.Action.Forward forward, Side side) {
        List<NameRecords.Weighted> groups = forward.groups().stream()
                .map(group -> new NameRecords.Weighted(group.arn(), group.weight()))
                .toList();
        String group = new NameRecords(Map.of("groups", groups)).draw("groups", random);
        return Balancer.draw(balancers.targets(group), random)
                .<Destination>map(
                        target -> new Destination.Server(new InetSocketAddress(target.address(), target.port()), side))
                .orElseGet(
                        () -> new Destination.Answer(503, "no target is registered with " + group, Optional.of(side)));
    }

    private static boolean isAddress(String name) {
        return name.matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    }
}
