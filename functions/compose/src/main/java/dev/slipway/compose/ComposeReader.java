package dev.slipway.compose;

import dev.slipway.compose.YamlNode.Mapping;
import dev.slipway.compose.YamlNode.Scalar;
import dev.slipway.compose.YamlNode.ScalarType;
import dev.slipway.compose.YamlNode.Sequence;
import dev.slipway.migration.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a compose file: expands it, interpolates it, brings its services into one form and takes the secrets out. */
final class ComposeReader {
    private final Project project;
    private final SecretVault vault = new SecretVault();
    private final List<Finding> warnings = new ArrayList<>();

    private ComposeReader(Project project) {
        this.project = project;
    }

    /** @throws dev.slipway.migration.exception.InvalidSpec naming file and line */
    static ComposeModel read(String file, String text, Project project) {
        return new ComposeReader(project).model(YamlReader.read(file, text));
    }

    private ComposeModel model(Mapping written) {
        refuse(written, "include");
        List<Finding> unset = new ArrayList<>();
        Mapping root = interpolate(withoutExtensions(written), unset);
        Mapping services = Nodes.mapping(root, "services");
        if (services.entries().isEmpty()) {
            throw root.at("services").invalid("it has no services", "list the app's services under 'services:'");
        }
        Mapping normal = root.with("services", services(services));
        if (root.get("secrets").isPresent()) {
            normal = normal.with("secrets", secrets(root));
        }
        Mapping extracted = new SecretExtractor(vault).extract(normal);
        List<Finding> all = Stream.of(unset, warnings, UploadedFindings.of(written))
                .flatMap(List::stream)
                .toList();
        return new ComposeModel(extracted, vault.secrets(), all);
    }

    private Mapping interpolate(Mapping root, List<Finding> unset) {
        return project.variables()
                .map(values -> {
                    SecretVariables variables = new SecretVariables(values, vault);
                    Mapping result = (Mapping) interpolate(root, variables);
                    unset.addAll(variables.warnings());
                    return result;
                })
                .orElseGet(() -> (Mapping) interpolate(root, Variables.references()));
    }

    private static YamlNode interpolate(YamlNode node, Variables variables) {
        return switch (node) {
            case Mapping mapping -> {
                Map<String, YamlNode> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> entries.put(key, interpolate(value, variables)));
                yield new Mapping(entries, mapping.keys(), mapping.at());
            }
            case Sequence sequence ->
                new Sequence(
                        sequence.items().stream()
                                .map(item -> interpolate(item, variables))
                                .toList(),
                        sequence.at());
            case Scalar scalar
            when scalar.type() == ScalarType.STRING ->
                scalar.withText(new Interpolation(scalar.at(), variables)
                        .template(scalar.text())
                        .text());
            case Scalar scalar -> scalar;
        };
    }

    /** {@code x-} keys are nobody's business but their author's; anchors in them are expanded by now. */
    private static Mapping withoutExtensions(Mapping mapping) {
        Mapping result = mapping;
        for (String key : mapping.entries().keySet()) {
            if (key.startsWith("x-")) {
                result = result.without(key);
            } else if (key.equals("services") && mapping.entries().get(key) instanceof Mapping services) {
                for (Map.Entry<String, YamlNode> service : services.entries().entrySet()) {
                    if (service.getValue() instanceof Mapping definition) {
                        services = services.with(service.getKey(), withoutExtensions(definition));
                    }
                }
                result = result.with(key, services);
            }
        }
        return result;
    }

    private Mapping services(Mapping services) {
        ServiceNormalizer normalizer = new ServiceNormalizer(project, vault);
        Mapping result = services;
        for (String name : services.entries().keySet()) {
            Mapping service = Nodes.mapping(services, name);
            refuse(service, "extends");
            if (service.get("profiles").isPresent()) {
                warnings.add(Finding.warning(
                        "service " + name, "belongs to a profile, which is not started by default: it is left out"));
                result = result.without(name);
            } else {
                result = result.with(name, normalizer.normalize(service));
            }
        }
        return result;
    }

    private static void refuse(Mapping mapping, String key) {
        if (mapping.get(key).isPresent()) {
            throw mapping.at(key)
                    .invalid(
                            "'" + key + "' is not read yet",
                            "write the result of 'docker compose config --no-interpolate' to docker-compose.yml");
        }
    }

    private Mapping secrets(Mapping root) {
        Mapping secrets = Nodes.mappingOrEmpty(root, "secrets");
        Mapping result = secrets;
        for (String name : secrets.entries().keySet()) {
            result = result.with(name, secret(name, Nodes.mappingOrEmpty(secrets, name)));
        }
        return result;
    }

    /** A secret from a file is kept as one from a variable, whose value goes to Secrets Manager. */
    private Mapping secret(String name, Mapping secret) {
        if (secret.get("file").isEmpty()) {
            return secret;
        }
        String path = Nodes.text(secret, "file").orElse("");
        String value = project.read(path, secret.at("file"))
                .orElseThrow(() -> secret.at("file")
                        .invalid(
                                "the secret '" + name + "' names a file that does not exist (" + path + ")",
                                "create it"));
        String variable = vault.put(name, value.strip()).soleReference().orElseThrow();
        return secret.without("file").with("environment", Scalar.string(variable, secret.at("file")));
    }
}
