package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.Optional;

/** Reads how much a service needs: {@code deploy.resources} first, then the older keys. */
final class Sizes {
    private static final long MIB = 1L << 20;

    private Sizes() {}

    static Optional<Double> cpus(Mapping service) {
        return resource(service, "cpus", "cpus").map(found -> {
            if (!found.text().matches("\\d+(\\.\\d+)?|\\.\\d+")) {
                throw found.at().invalid("cpus '" + found.text() + "' is no number", "write processors, e.g. '0.5'");
            }
            return Double.valueOf(found.text());
        });
    }

    static Optional<Integer> memoryMiB(Mapping service) {
        return resource(service, "memory", "mem_limit").map(found -> {
            long bytes = ByteSizes.parse(found.text())
                    .orElseThrow(() -> found.at()
                            .invalid(
                                    "the memory '" + found.text() + "' cannot be understood", "write e.g. 512M or 1g"));
            return (int) Math.min(Math.ceilDiv(bytes, MIB), Integer.MAX_VALUE);
        });
    }

    static int replicas(Mapping service) {
        Mapping deploy = Nodes.mappingOrEmpty(service, "deploy");
        return Nodes.text(deploy, "replicas")
                .map(text -> count(text, deploy.at("replicas")))
                .or(() -> Nodes.text(service, "scale").map(text -> count(text, service.at("scale"))))
                .orElse(1);
    }

    private static int count(String text, Position at) {
        if (!text.matches("\\d{1,4}")) {
            throw at.invalid("replicas '" + text + "' is no number of tasks", "write a whole number");
        }
        return Integer.parseInt(text);
    }

    private static Optional<Found> resource(Mapping service, String key, String older) {
        Mapping resources = Nodes.mappingOrEmpty(Nodes.mappingOrEmpty(service, "deploy"), "resources");
        return found(Nodes.mappingOrEmpty(resources, "limits"), key)
                .or(() -> found(Nodes.mappingOrEmpty(resources, "reservations"), key))
                .or(() -> found(service, older));
    }

    private static Optional<Found> found(Mapping owner, String key) {
        return Nodes.text(owner, key).map(text -> new Found(text, owner.at(key)));
    }

    private record Found(String text, Position at) {}
}
