package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names under which services reach each other: their own, their containers', their host names and their aliases. */
final class Hosts {
    private static final Set<String> THIS_HOST = Set.of("localhost", "127.0.0.1");

    private final Map<String, String> services = new HashMap<>();
    private final Map<Integer, String> published = new HashMap<>();

    /** @param oneHost whether all of them are processes of one host, which name each other by its ports */
    Hosts(Mapping definitions, boolean oneHost) {
        definitions.entries().forEach((service, definition) -> {
            if (definition instanceof Mapping own) {
                Nodes.text(own, "container_name").ifPresent(name -> services.putIfAbsent(name, service));
                Nodes.text(own, "hostname").ifPresent(name -> services.putIfAbsent(name, service));
                aliases(service, Nodes.mappingOrEmpty(own, "networks"));
                if (oneHost) {
                    Ports.of(own).forEach(port -> published.putIfAbsent(port.container(), service));
                }
            }
        });
        definitions.entries().keySet().forEach(service -> services.put(service, service));
    }

    private void aliases(String service, Mapping networks) {
        for (YamlNode network : networks.entries().values()) {
            if (network instanceof Mapping own) {
                Nodes.list(own, "aliases")
                        .forEach(alias -> services.putIfAbsent(Nodes.asText("aliases", alias), service));
            }
        }
    }

    /** The service that is reached under a host name; under that of the host itself, by a port that is its own there. */
    Optional<String> service(String host, Optional<Integer> port) {
        return Optional.ofNullable(services.get(host))
                .or(() -> port.filter(number -> THIS_HOST.contains(host))
                        .flatMap(number -> Optional.ofNullable(published.get(number))));
    }
}
