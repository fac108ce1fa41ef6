package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Map;
import java.util.TreeMap;

/** Reads the labels of a service's containers and, for a swarm, of the service itself. */
final class Labels {
    private Labels() {}

    /** Values with a dollar as a dollar; one that holds a secret keeps its reference. */
    static Map<String, String> of(Mapping service) {
        Map<String, String> labels = new TreeMap<>();
        templates(service)
                .forEach((label, value) -> labels.put(label, value.plain().orElse(value.text())));
        return labels;
    }

    static Map<String, SecretTemplate> templates(Mapping service) {
        Map<String, SecretTemplate> labels = new TreeMap<>();
        add(Nodes.mappingOrEmpty(Nodes.mappingOrEmpty(service, "deploy"), "labels"), labels);
        add(Nodes.mappingOrEmpty(service, "labels"), labels);
        return labels;
    }

    private static void add(Mapping from, Map<String, SecretTemplate> labels) {
        from.entries()
                .keySet()
                .forEach(label ->
                        Nodes.text(from, label).ifPresent(value -> labels.put(label, new SecretTemplate(value))));
    }
}
