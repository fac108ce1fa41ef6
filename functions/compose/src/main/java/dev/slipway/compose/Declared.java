package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lists every key that a service has, so that the plan can say of each what becomes of it. */
final class Declared {
    private Declared() {}

    /** Each key with its value in one line; the parts of {@code deploy} and {@code build} have a line each. */
    static Map<String, SecretTemplate> of(Mapping service) {
        Map<String, SecretTemplate> declared = new TreeMap<>();
        withoutDefaults(service).entries().forEach((key, value) -> {
            if ((key.equals("deploy") || key.equals("build")) && value instanceof Mapping parts) {
                parts.entries().forEach((part, inner) -> declared.put(key + "." + part, text(inner)));
            } else {
                declared.put(key, text(value));
            }
        });
        return declared;
    }

    /** What Docker Compose adds to each service, whoever wrote it. */
    private static Mapping withoutDefaults(Mapping service) {
        Mapping result = service;
        if (result.get("networks")
                .map(Declared::line)
                .filter("{default: }"::equals)
                .isPresent()) {
            result = result.without("networks");
        }
        if (result.get("build").orElse(null) instanceof Mapping build
                && Nodes.text(build, "dockerfile").filter("Dockerfile"::equals).isPresent()) {
            result = result.with("build", build.without("dockerfile"));
        }
        return result;
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
