package dev.slipway.compose.model;

import dev.slipway.compose.variables.DotEnv;
import dev.slipway.compose.variables.Variables;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.migration.app.SecretTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Brings what {@code env_file} and {@code label_file} name into the services themselves. */
final class EnvironmentFiles {
    private final SourceFiles files;
    private final Variables variables;

    EnvironmentFiles(SourceFiles files, Variables variables) {
        this.files = files;
        this.variables = variables;
    }

    ComposeProject resolve(ComposeProject project) {
        return project.with(Workloads.each(project.root(), (node, path) -> resolve(node)));
    }

    private YamlNode resolve(YamlNode node) {
        if (!(node instanceof Mapping service)) {
            return node;
        }
        Mapping result = service.without("env_file").without("label_file");
        TreeMap<String, YamlNode> environment = new TreeMap<>();
        Mapping own = inherited(Trees.child(service, "environment").orElse(Mapping.empty(service.at())));
        for (YamlNode file : Nodes.list(service, "env_file")) {
            environment.putAll(read((Mapping) file, own));
        }
        environment.putAll(own.entries());
        if (!environment.isEmpty()) {
            result = result.with("environment", Trees.mapping(own, environment));
        }
        if (result.get("build").orElse(null) instanceof Mapping build
                && build.get("args").orElse(null) instanceof Mapping arguments) {
            result = result.with("build", build.with("args", set(inherited(arguments))));
        }
        return labels(service, result);
    }

    private static Mapping set(Mapping variables) {
        Mapping result = variables;
        for (String name : variables.entries().keySet()) {
            result = variables.get(name).isPresent() ? result : result.without(name);
        }
        return result;
    }

    /** A variable without a value has the one of the shell or {@code .env}. */
    private Mapping inherited(Mapping own) {
        return Trees.entries(
                own,
                TreePath.ROOT,
                (value, path) -> value.isNull()
                        ? variables
                                .value(path.last())
                                .<YamlNode>map(found -> Trees.string(
                                        variables
                                                .known(path.last(), SecretTemplate.literal(found))
                                                .text(),
                                        value))
                                .orElse(value)
                        : value);
    }

    private Map<String, YamlNode> read(Mapping file, Mapping own) {
        Path path = Path.of(Nodes.text(file, "path").orElse(""));
        boolean required = Nodes.text(file, "required").filter("false"::equals).isEmpty();
        TreeMap<String, YamlNode> values = new TreeMap<>();
        if (!required && !Files.exists(path)) {
            return values;
        }
        read(
                        file,
                        path,
                        name -> variables
                                .value(name)
                                .or(() -> Trees.entry(own, name)
                                        .filter(Scalar.class::isInstance)
                                        .filter(value -> !value.isNull())
                                        .map(value -> plain((Scalar) value))))
                .forEach((name, value) -> values.put(
                        name, Trees.string(SecretTemplate.literal(value).text(), file)));
        return values;
    }

    private Map<String, String> read(Mapping file, Path path, Function<String, Optional<String>> known) {
        String text = files.read(path, file.at());
        String format = Nodes.text(file, "format").orElse("");
        return switch (format) {
            case "", ".env" -> DotEnv.read(files.name(path), text, known);
            case "raw" -> DotEnv.readRaw(text);
            default ->
                throw file.at("format")
                        .invalid(
                                "the format '" + format + "' of an env_file is not known",
                                "write raw, or leave it out");
        };
    }

    private static String plain(Scalar scalar) {
        return new SecretTemplate(scalar.text()).plain().orElse(scalar.text());
    }

    private Mapping labels(Mapping service, Mapping result) {
        TreeMap<String, YamlNode> labels = new TreeMap<>();
        for (YamlNode file : Nodes.list(service, "label_file")) {
            Path path = Path.of(Nodes.asText("label_file", file));
            DotEnv.read(
                            files.name(path),
                            files.read(path, file.at()),
                            name -> Optional.ofNullable(labels.get(name)).flatMap(Trees::text))
                    .forEach((name, value) -> labels.put(
                            name, Trees.string(SecretTemplate.literal(value).text(), file)));
        }
        if (labels.isEmpty()) {
            return result;
        }
        Trees.child(service, "labels").ifPresent(own -> labels.putAll(own.entries()));
        return result.with("labels", new Mapping(labels, Map.of(), service.at()));
    }
}
