package dev.slipway.local.router;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Load balancers as a test says they are. */
final class FakeBalancers implements Balancers {
    final Map<String, Balancer> byName = new HashMap<>();
    final Map<String, List<Balancer.Target>> groups = new HashMap<>();

    @Override
    public Optional<Balancer> named(String dnsName) {
        return Optional.ofNullable(byName.get(dnsName));
    }

    @Override
    public List<Balancer.Target> targets(String group) {
        return groups.getOrDefault(group, List.of());
    }

    @Override
    public Map<String, List<Balancer.Target>> groupsOf(String fullName) {
        return Map.copyOf(groups);
    }

    /** One that listens on port 80 and sends {@code /auth/*} to the first group and the rest to the second. */
    void add(String dnsName, String fullName, String auth, String other) {
        Balancer.Rule first =
                new Balancer.Rule(10, List.of("/auth", "/auth/*"), List.of(), forward(new Balancer.Group(auth, 1)));
        Balancer.Rule last =
                new Balancer.Rule(Integer.MAX_VALUE, List.of(), List.of(), forward(new Balancer.Group(other, 1)));
        Balancer.Listener listener = new Balancer.Listener(80, List.of(last, first));
        byName.put(dnsName, new Balancer(dnsName, fullName, List.of(listener)));
    }

    private static Balancer.Action forward(Balancer.Group group) {
        return new Balancer.Action.Forward(List.of(group));
    }
}
