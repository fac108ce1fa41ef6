package dev.slipway.compose.model;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tells the services that are started from those that belong to profiles only which are not asked for. */
final class Profiles {
    private static final String ALL = "*";

    private Profiles() {}

    static ComposeProject choose(
            String name, Mapping root, List<String> profiles, Function<String, Optional<String>> variables) {
        Mapping services = Trees.child(root, "services").orElse(Mapping.empty(root.at()));
        Map<String, YamlNode> enabled = new LinkedHashMap<>();
        Map<String, YamlNode> disabled = new LinkedHashMap<>();
        services.entries()
                .forEach((service, node) -> (isStarted(node, profiles) ? enabled : disabled).put(service, node));
        return new ComposeProject(
                name,
                root.with("services", Trees.mapping(services, enabled)),
                Trees.mapping(services, disabled),
                variables);
    }

    private static boolean isStarted(YamlNode node, List<String> asked) {
        if (!(node instanceof Mapping service)) {
            return true;
        }
        List<String> own = Nodes.list(service, "profiles").stream()
                .map(profile -> Nodes.asText("profiles", profile))
                .toList();
        return own.isEmpty() || asked.contains(ALL) || own.stream().anyMatch(asked::contains);
    }
}
