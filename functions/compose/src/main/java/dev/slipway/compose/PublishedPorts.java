package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses ports of the host that are published twice: Docker reads such files, but starts only the first service. */
final class PublishedPorts {
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");

    /** Those of one number and protocol. */
    private final Map<String, List<Published>> known = new HashMap<>();

    private record Published(String service, String address, Position at) {
        private boolean meets(Published other) {
            boolean sameFamily = address.contains(":") == other.address.contains(":");
            return address.equals(other.address)
                    || address.isEmpty()
                    || other.address.isEmpty()
                    || (sameFamily && (EVERY_ADDRESS.contains(address) || EVERY_ADDRESS.contains(other.address)));
        }
    }

    private PublishedPorts() {}

    /** @throws dev.slipway.migration.exception.InvalidSpec naming both services */
    static void check(Mapping services) {
        PublishedPorts ports = new PublishedPorts();
        services.entries().keySet().forEach(name -> ports.add(name, Nodes.mapping(services, name)));
    }

    private void add(String service, Mapping definition) {
        // With the host's own network nothing is published.
        if (Nodes.text(definition, "network_mode").filter("host"::equals).isPresent()) {
            return;
        }
        for (YamlNode node : Nodes.list(definition, "ports")) {
            if (node instanceof Mapping port) {
                add(service, port, Nodes.text(port, "published").orElse(""));
            }
        }
    }

    private void add(String service, Mapping port, String number) {
        // Of a range Docker takes one that is free.
        if (!number.matches("\\d+")) {
            return;
        }
        String subject = number + "/" + Nodes.text(port, "protocol").orElse("tcp");
        Published published = new Published(service, Nodes.text(port, "host_ip").orElse(""), port.at());
        List<Published> others = known.computeIfAbsent(subject, each -> new ArrayList<>());
        others.stream().filter(published::meets).findFirst().ifPresent(other -> {
            throw port.at()
                    .invalid(
                            "the services '" + other.service + "' (" + other.at + ") and '" + service
                                    + "' publish the same port " + subject + " of the host",
                            "let one of them publish another");
        });
        others.add(published);
    }
}
