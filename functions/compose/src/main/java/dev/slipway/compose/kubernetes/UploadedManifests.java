package dev.slipway.compose.kubernetes;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.ScalarType;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.app.SecretTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An app's own manifests as they are uploaded: every text is a {@link SecretTemplate}, with a reference in the place of each secret
 * that the app's reader has found.
 */
public final class UploadedManifests {
    /** What a cluster notes down of the manifest that was applied, secrets and all. */
    private static final String LAST = "kubectl.kubernetes.io/last-applied-configuration";

    /** Shorter values stand in too many other words. */
    private static final int SHORTEST = 3;

    private final Cluster cluster;
    private final Map<String, String> secrets;
    private final SecretData data;

    private UploadedManifests(List<Manifest> manifests, Map<String, String> secrets) {
        this.cluster = Cluster.of(manifests);
        this.secrets = secrets;
        this.data = new SecretData(cluster, this::reference);
    }

    /**
     * @param secrets all that the reader has found, by their names
     * @throws dev.slipway.migration.exception.InvalidSpec naming file, line and column
     */
    public static List<Mapping> read(Path root, Path place, Map<String, String> secrets) {
        UploadedManifests uploaded = new UploadedManifests(ManifestFiles.read(root, place), secrets);
        List<Mapping> all = new ArrayList<>();
        uploaded.cluster.manifests().forEach(manifest -> uploaded.add(manifest, all));
        return all;
    }

    private void add(Manifest manifest, List<Mapping> all) {
        boolean core = manifest.group().isEmpty();
        Mapping node = withoutNotes(manifest.node());
        if (core && manifest.kind().equals("Secret")) {
            // Certificates and logins of registries have other places on AWS.
            if (Nodes.text(node, "type").orElse("Opaque").equals("Opaque")) {
                all.add(escaped(node.without("data").without("stringData"), UploadedManifests::escaped)
                        .with("stringData", references(manifest, node)));
            }
        } else {
            boolean values = core && manifest.kind().equals("ConfigMap");
            all.add(escaped(node, values ? this::scrubbed : UploadedManifests::escaped));
        }
    }

    private static Mapping withoutNotes(Mapping node) {
        Mapping metadata = Nodes.mappingOrEmpty(node, "metadata");
        Mapping annotations = Nodes.mappingOrEmpty(metadata, "annotations");
        return annotations.get(LAST).isEmpty()
                ? node
                : node.with("metadata", metadata.with("annotations", annotations.without(LAST)));
    }

    private Mapping references(Manifest manifest, Mapping node) {
        Map<String, YamlNode> references = new LinkedHashMap<>();
        data.texts(manifest)
                .forEach((key, value) -> references.put(
                        key, Scalar.string(data.template(key, value).text(), node.at())));
        return Mapping.of(references, node.at());
    }

    private Mapping escaped(Mapping mapping, UnaryOperator<String> text) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> {
            boolean variable = key.equals("value") && mapping.get("name").isPresent();
            entries.put(key, escaped(value, variable ? this::scrubbed : text));
        });
        return Mapping.of(entries, mapping.at());
    }

    private YamlNode escaped(YamlNode node, UnaryOperator<String> text) {
        return switch (node) {
            case Mapping mapping -> escaped(mapping, text);
            case Sequence sequence ->
                new Sequence(
                        sequence.items().stream()
                                .map(item -> escaped(item, text))
                                .toList(),
                        sequence.at());
            case Scalar scalar ->
                scalar.type() == ScalarType.STRING ? scalar.withText(text.apply(scalar.text())) : scalar;
        };
    }

    private static String escaped(String text) {
        return SecretTemplate.literal(text).text();
    }

    /** The value of a variable: where it is not as it was, the plan has what it becomes. */
    private String scrubbed(String text) {
        String clean = escaped(text);
        List<Map.Entry<String, String>> longestFirst = secrets.entrySet().stream()
                .filter(secret -> secret.getValue().length() >= SHORTEST)
                .sorted(Comparator.comparingInt(secret -> -secret.getValue().length()))
                .toList();
        for (Map.Entry<String, String> secret : longestFirst) {
            String value = escaped(secret.getValue());
            if (clean.contains(value) && !clean.contains("${")) {
                clean = clean.replace(
                        value, SecretTemplate.reference(secret.getKey()).text());
            }
        }
        return clean;
    }

    private SecretTemplate reference(String name, String value) {
        Optional<String> known = secrets.entrySet().stream()
                .filter(secret -> secret.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst();
        return SecretTemplate.reference(known.orElse(name.replaceAll("[^A-Za-z0-9_]", "_")));
    }
}
