package dev.slipway.compose.model;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Services that depend on each other, so that none can be started first. */
final class Circles {
    private final Mapping services;
    /** Services from which no circle begins that was not found. */
    private final Set<String> looked = new HashSet<>();
    /** The services that have led to the one that is looked at, and what is left of their dependencies. */
    private final LinkedHashSet<String> led = new LinkedHashSet<>();

    private final Deque<Iterator<String>> left = new ArrayDeque<>();

    Circles(Mapping services) {
        this.services = services;
    }

    /** @throws dev.slipway.migration.exception.InvalidSpec naming one */
    void refuse() {
        services.entries().keySet().stream().sorted().forEach(this::findFrom);
    }

    /** A chain may be longer than the stack is high. */
    private void findFrom(String first) {
        enter(first);
        while (!left.isEmpty()) {
            if (left.getLast().hasNext()) {
                enter(left.getLast().next());
            } else {
                left.removeLast();
                led.removeLast();
            }
        }
    }

    private void enter(String name) {
        if (led.contains(name)) {
            throw circle(name);
        }
        if (looked.add(name)) {
            led.add(name);
            left.addLast(dependencies(name).iterator());
        }
    }

    private List<String> dependencies(String name) {
        return Trees.child(services, name)
                .flatMap(service -> Trees.child(service, "depends_on"))
                .map(all -> all.entries().keySet().stream()
                        .filter(services.entries()::containsKey)
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    private RuntimeException circle(String name) {
        List<String> names = new ArrayList<>(led);
        return services.at(name)
                .invalid(
                        "services depend on each other in a circle: "
                                + String.join(" -> ", names.subList(names.indexOf(name), names.size())) + " -> " + name,
                        "remove one of the dependencies");
    }
}
