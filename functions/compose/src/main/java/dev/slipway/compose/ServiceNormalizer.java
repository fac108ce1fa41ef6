package dev.slipway.compose;

import dev.slipway.compose.YamlNode.Mapping;
import dev.slipway.compose.YamlNode.Scalar;
import dev.slipway.compose.YamlNode.ScalarType;
import dev.slipway.compose.YamlNode.Sequence;
import dev.slipway.migration.app.SecretTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings one service into the form in which it stands by itself: one mapping of its environment, and absolute paths. */
final class ServiceNormalizer {
    private final Project project;
    private final Variables variables;

    ServiceNormalizer(Project project, SecretVault vault) {
        this.project = project;
        this.variables = project.variables()
                .<Variables>map(values -> new SecretVariables(values, vault))
                .orElse(Variables.references());
    }

    Mapping normalize(Mapping service) {
        Mapping result = service.without("env_file");
        Map<String, YamlNode> environment = environment(service);
        if (!environment.isEmpty()) {
            result = result.with("environment", new Mapping(environment, Map.of(), service.at("environment")));
        }
        return service.get("volumes").isPresent() ? result.with("volumes", volumes(service)) : result;
    }

    private Map<String, YamlNode> environment(Mapping service) {
        Map<String, YamlNode> environment = new LinkedHashMap<>();
        Nodes.list(service, "env_file").forEach(file -> environment.putAll(fromFile(file)));
        service.get("environment").ifPresent(value -> {
            switch (value) {
                case Mapping mapping -> mapping.entries().forEach((name, set) -> put(environment, name, set));
                case Sequence sequence -> sequence.items().forEach(item -> put(environment, item));
                case Scalar scalar ->
                    throw scalar.at()
                            .invalid("'environment' is a single value", "write NAME: value, or a list of NAME=value");
            }
        });
        return environment;
    }

    private void put(Map<String, YamlNode> environment, YamlNode item) {
        String[] pair = Nodes.asText("environment", item).split("=", 2);
        if (pair.length == 2) {
            environment.put(pair[0].strip(), Scalar.string(pair[1], item.at()));
        } else {
            inherit(environment, pair[0].strip(), item.at());
        }
    }

    private void put(Map<String, YamlNode> environment, String name, YamlNode value) {
        if (value instanceof Scalar scalar && scalar.type() == ScalarType.NULL) {
            inherit(environment, name, scalar.at());
        } else {
            environment.put(name, Scalar.string(Nodes.asText(name, value), value.at()));
        }
    }

    /** A variable without a value is taken from the shell or {@code .env}, and is not set where they have none. */
    private void inherit(Map<String, YamlNode> environment, String name, Position at) {
        variables
                .value(name)
                .map(value -> variables.known(name, SecretTemplate.literal(value)))
                .ifPresent(value -> environment.put(name, Scalar.string(value.text(), at)));
    }

    private Map<String, YamlNode> fromFile(YamlNode entry) {
        String path = entry instanceof Mapping mapping
                ? Nodes.text(mapping, "path").orElse("")
                : Nodes.asText("env_file", entry);
        boolean required = !(entry instanceof Mapping mapping)
                || Nodes.text(mapping, "required")
                        .map(text -> !text.equals("false"))
                        .orElse(true);
        Optional<String> text = project.read(path, entry.at());
        if (text.isEmpty() && required) {
            throw entry.at()
                    .invalid("the env_file " + path + " does not exist", "create it, or remove it from env_file");
        }
        Map<String, YamlNode> environment = new LinkedHashMap<>();
        DotEnv.read(path, text.orElse(""), variables::value)
                .forEach((name, value) -> environment.put(
                        name, Scalar.string(SecretTemplate.literal(value).text(), entry.at())));
        return environment;
    }

    private Sequence volumes(Mapping service) {
        List<YamlNode> volumes = new ArrayList<>();
        for (YamlNode volume : Nodes.list(service, "volumes")) {
            volumes.add(
                    switch (volume) {
                        case Scalar scalar -> scalar.withText(absolute(scalar.text()));
                        case Mapping mapping -> absolute(mapping);
                        case Sequence sequence ->
                            throw sequence.at().invalid("a volume is a list", "write source:target");
                    });
        }
        return new Sequence(volumes, service.at("volumes"));
    }

    private String absolute(String volume) {
        int colon = volume.indexOf(':');
        return colon > 0 && isPath(volume)
                ? project.absolute(volume.substring(0, colon)) + volume.substring(colon)
                : volume;
    }

    private Mapping absolute(Mapping volume) {
        Optional<String> source = Nodes.text(volume, "source");
        return source.filter(ServiceNormalizer::isPath)
                .map(path -> volume.with("source", Scalar.string(project.absolute(path), volume.at("source"))))
                .orElse(volume);
    }

    private static boolean isPath(String source) {
        return source.startsWith(".") || source.startsWith("/") || source.startsWith("~");
    }
}
