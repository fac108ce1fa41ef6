package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names under which services reach each other: their own, their containers', their host names and their aliases. */
final class Hosts {
    private final Map<String, String> services = new HashMap<>();

    Hosts(Mapping definitions) {
        definitions.entries().forEach((service, definition) -> {
            if (definition instanceof Mapping own) {
                Nodes.text(own, "container_name").ifPresent(name -> services.putIfAbsent(name, service));
                Nodes.text(own, "hostname").ifPresent(name -> services.putIfAbsent(name, service));
                aliases(service, Nodes.mappingOrEmpty(own, "networks"));
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

    /** The service that is reached under a host name. */
    Optional<String> service(String host) {
        return Optional.ofNullable(services.get(host));
    }
}
