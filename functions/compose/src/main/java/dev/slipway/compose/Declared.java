package dev.slipway.compose;

import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lists every key that a service has, at every depth, so that the plan can say of each what becomes of it. */
final class Declared {
    /** What lies below these is the author's own, and no key of Compose. */
    private static final Set<String> FREE = Set.of(
            "environment",
            "labels",
            "annotations",
            "args",
            "options",
            "driver_opts",
            "sysctls",
            "extra_hosts",
            "storage_opt",
            "additional_contexts",
            "ssh",
            "aux_addresses");

    /** What Docker Compose adds, whoever wrote the file: the last parts of a path, and the value. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "ports.mode", "ingress",
            "ports.protocol", "tcp",
            "condition", "service_started",
            "required", "true",
            "bind.create_host_path", "true",
            "build.dockerfile", "Dockerfile");

    private final Map<String, SecretTemplate> keys = new TreeMap<>();

    private Declared() {}

    /**
     * Each key by its path, with its value in one line: {@code deploy}, {@code deploy.resources}, {@code networks.NAME.aliases}. The
     * keys of a list's items stand below the list's own, with their values side by side.
     */
    static Map<String, SecretTemplate> of(Mapping service) {
        Declared declared = new Declared();
        service.entries().forEach((key, value) -> {
            if (!isOnlyNetwork(key, value)) {
                declared.add(key, key, value);
            }
        });
        return declared.keys;
    }

    /** Docker Compose puts each service into one network of its own. */
    private static boolean isOnlyNetwork(String key, YamlNode value) {
        return key.equals("networks") && line(value).equals("{default: }");
    }

    private void add(String path, String key, YamlNode value) {
        keys.merge(path, text(value), Declared::both);
        if (!FREE.contains(key)) {
            below(path, key, value);
        }
    }

    private void below(String path, String key, YamlNode value) {
        switch (value) {
            case Mapping mapping ->
                mapping.entries().forEach((name, inner) -> {
                    if (!isNothing(inner) && !isDefault(key, name, inner) && !isAllDefault(name, inner)) {
                        add(path + "." + name, name, inner);
                    }
                });
            case Sequence sequence -> sequence.items().forEach(item -> below(path, key, item));
            case Scalar scalar -> {}
        }
    }

    private static boolean isNothing(YamlNode value) {
        return switch (value) {
            case Scalar scalar -> scalar.text().isEmpty();
            case Sequence sequence -> sequence.items().isEmpty();
            case Mapping mapping -> mapping.entries().isEmpty();
        };
    }

    private static boolean isDefault(String parent, String key, YamlNode value) {
        String text = line(value);
        return text.equals(DEFAULTS.get(key))
                || text.equals(DEFAULTS.get(parent + "." + key))
                || (key.equals("name") && text.endsWith("_" + parent));
    }

    private static boolean isAllDefault(String parent, YamlNode value) {
        return value instanceof Mapping mapping
                && mapping.entries().entrySet().stream()
                        .allMatch(entry -> isDefault(parent, entry.getKey(), entry.getValue()));
    }

    private static SecretTemplate both(SecretTemplate one, SecretTemplate other) {
        return one.equals(other) ? one : new SecretTemplate(one.text() + ", " + other.text());
    }

    private static SecretTemplate text(YamlNode value) {
        return new SecretTemplate(line(value));
    }

    private static String line(YamlNode value) {
        return switch (value) {
            case Scalar scalar -> scalar.text();
            case Sequence sequence ->
                sequence.items().stream().map(Declared::line).collect(Collectors.joining(", ", "[", "]"));
            case Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + line(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }
}
