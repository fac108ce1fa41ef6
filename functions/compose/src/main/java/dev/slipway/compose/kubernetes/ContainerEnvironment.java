package dev.slipway.compose.kubernetes;

import dev.slipway.migration.Finding;
import dev.slipway.migration.app.SecretTemplate;
import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables of a container, in the order in which a cluster sets them: those of whole ConfigMaps and Secrets first. */
final class ContainerEnvironment {
    /** {@code $(NAME)}, and the doubled dollar that stands for one. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");

    private final Cluster cluster;
    private final SecretData secrets;
    private final Function<String, Optional<SecretTemplate>> outer;
    private final Manifest manifest;
    private final String service;
    private final Consumer<Finding> findings;
    private final Map<String, SecretTemplate> values = new LinkedHashMap<>();

    /** @param outer what {@code .env} says of a Secret's value that no manifest holds */
    ContainerEnvironment(
            Cluster cluster,
            SecretData secrets,
            Function<String, Optional<SecretTemplate>> outer,
            Manifest manifest,
            String service,
            Consumer<Finding> findings) {
        this.cluster = cluster;
        this.secrets = secrets;
        this.outer = outer;
        this.manifest = manifest;
        this.service = service;
        this.findings = findings;
    }

    Map<String, SecretTemplate> read(Container container) {
        container.getEnvFrom().forEach(this::addAll);
        container.getEnv().forEach(this::add);
        return values;
    }

    /** The words of a command, in which variables are filled in as well. */
    List<SecretTemplate> expanded(List<String> words) {
        return words.stream().map(this::expanded).toList();
    }

    private void addAll(EnvFromSource source) {
        String prefix = Optional.ofNullable(source.getPrefix()).orElse("");
        Optional.ofNullable(source.getConfigMapRef()).ifPresent(reference -> addAll(prefix, reference));
        Optional.ofNullable(source.getSecretRef()).ifPresent(reference -> addAll(prefix, reference));
    }

    private void addAll(String prefix, ConfigMapEnvSource reference) {
        cluster.configMap(manifest, reference.getName())
                .ifPresentOrElse(
                        data -> data.forEach((key, value) -> values.put(prefix + key, SecretTemplate.literal(value))),
                        () -> missing("configmap", "ConfigMap", reference.getName(), reference.getOptional()));
    }

    private void addAll(String prefix, SecretEnvSource reference) {
        cluster.secret(manifest, reference.getName())
                .ifPresentOrElse(
                        secret -> secrets.texts(secret)
                                .forEach((key, value) ->
                                        values.put(prefix + key, secrets.template(prefix + key, value))),
                        () -> missing("secret", "Secret", reference.getName(), reference.getOptional()));
    }

    private void missing(String resource, String kind, String name, @Nullable Boolean optional) {
        if (!Boolean.TRUE.equals(optional)) {
            findings.accept(Finding.blocker(
                    "service " + service,
                    "takes all variables of the " + kind + " " + name
                            + ", which is in none of these files: add it ('kubectl get " + resource + " " + name
                            + " -o yaml')"));
        }
    }

    private void add(EnvVar variable) {
        String name = variable.getName();
        if (name == null || name.isEmpty()) {
            throw manifest.at().invalid("a variable of the " + manifest.subject() + " has no name", "write its 'name'");
        }
        if (variable.getValueFrom() == null) {
            values.put(name, expanded(Optional.ofNullable(variable.getValue()).orElse("")));
        } else {
            from(name, variable.getValueFrom()).ifPresent(value -> values.put(name, value));
        }
    }

    private Optional<SecretTemplate> from(String name, EnvVarSource source) {
        if (source.getConfigMapKeyRef() != null) {
            return configMapKey(name, source.getConfigMapKeyRef());
        }
        if (source.getSecretKeyRef() != null) {
            return secretKey(name, source.getSecretKeyRef());
        }
        String path = Optional.ofNullable(source.getFieldRef())
                .map(field -> Optional.ofNullable(field.getFieldPath()).orElse(""))
                .orElse("its resources");
        if (path.equals("metadata.namespace")) {
            return Optional.of(
                    SecretTemplate.literal(manifest.namespace().isEmpty() ? "default" : manifest.namespace()));
        }
        findings.accept(
                Finding.warning(
                        "service " + service,
                        name + " is taken from the pod (" + path
                                + "), which is no more: it is not set; let the app ask the task's metadata (ECS_CONTAINER_METADATA_URI_V4)"));
        return Optional.empty();
    }

    private Optional<SecretTemplate> configMapKey(String name, ConfigMapKeySelector reference) {
        Optional<SecretTemplate> value = cluster.configMap(manifest, reference.getName())
                .flatMap(data -> Optional.ofNullable(data.get(reference.getKey())))
                .map(SecretTemplate::literal);
        if (value.isEmpty() && !Boolean.TRUE.equals(reference.getOptional())) {
            findings.accept(Finding.blocker(
                    "service " + service,
                    name + " is the key " + reference.getKey() + " of the ConfigMap " + reference.getName()
                            + ", which is in none of these files: add it"));
        }
        return value;
    }

    private Optional<SecretTemplate> secretKey(String name, SecretKeySelector reference) {
        Optional<SecretTemplate> value = cluster.secret(manifest, reference.getName())
                .flatMap(secret -> Optional.ofNullable(secrets.texts(secret).get(reference.getKey())))
                .map(text -> secrets.template(name, text))
                .or(() -> outer.apply(name));
        if (value.isPresent() || Boolean.TRUE.equals(reference.getOptional())) {
            return value;
        }
        findings.accept(Finding.warning(
                "variable " + name,
                "is the key " + reference.getKey() + " of the Secret " + reference.getName()
                        + ", which is in none of these files: write " + name
                        + " into .env before the app is uploaded"));
        return Optional.of(SecretTemplate.reference(name.replaceAll("[^A-Za-z0-9_]", "_")));
    }

    private SecretTemplate expanded(String text) {
        StringBuilder result = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        int at = 0;
        while (reference.find()) {
            result.append(literal(text.substring(at, reference.start()))).append(replacement(reference));
            at = reference.end();
        }
        return new SecretTemplate(result.append(literal(text.substring(at))).toString());
    }

    /** What is not set stays as it stands there. */
    private String replacement(Matcher reference) {
        String name = reference.group(1);
        return name == null
                ? literal("$")
                : Optional.ofNullable(values.get(name))
                        .map(SecretTemplate::text)
                        .orElse(literal(reference.group()));
    }

    private static String literal(String text) {
        return SecretTemplate.literal(text).text();
    }
}
