package dev.slipway.compose.model;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Services that depend on each other, so that none can be started first. */
final class Circles {
    private final Mapping services;
    /** Services from which no circle begins that was not found. */
    private final Set<String> looked = new HashSet<>();

    Circles(Mapping services) {
        this.services = services;
    }

    /** @throws dev.slipway.migration.exception.InvalidSpec naming one */
    void refuse() {
        services.entries().keySet().stream().sorted().forEach(name -> find(name, List.of()));
    }

    private void find(String name, List<String> led) {
        if (!led.contains(name) && !looked.add(name)) {
            return;
        }
        if (led.contains(name)) {
            throw services.at(name)
                    .invalid(
                            "services depend on each other in a circle: "
                                    + String.join(" -> ", led.subList(led.indexOf(name), led.size())) + " -> " + name,
                            "remove one of the dependencies");
        }
        List<String> further = new ArrayList<>(led);
        further.add(name);
        Trees.child(services, name)
                .flatMap(service -> Trees.child(service, "depends_on"))
                .ifPresent(dependencies -> dependencies.entries().keySet().stream()
                        .filter(services.entries()::containsKey)
                        .sorted()
                        .forEach(other -> find(other, further)));
    }
}
