package dev.slipway.compose.kubernetes;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One object of a cluster, as it was written.
 *
 * @param namespace empty where none is written
 */
record Manifest(String apiVersion, String kind, String name, String namespace, Mapping node) {

    static Manifest of(Mapping node) {
        Mapping metadata = Nodes.mappingOrEmpty(node, "metadata");
        String kind = required(node, "kind", "write e.g. 'kind: Deployment'");
        String apiVersion = required(node, "apiVersion", "write e.g. 'apiVersion: apps/v1'");
        String name = Nodes.text(metadata, "name")
                .or(() -> Nodes.text(metadata, "generateName").map(prefix -> prefix.replaceFirst("-+$", "")))
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> node.at("metadata").invalid("the " + kind + " has no name", "write metadata.name"));
        return new Manifest(
                apiVersion, kind, name, Nodes.text(metadata, "namespace").orElse(""), node);
    }

    private static String required(Mapping node, String key, String remedy) {
        return Nodes.text(node, key)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> node.at().invalid("a manifest without '" + key + "' begins here", remedy));
    }

    Position at() {
        return node.at();
    }

    String group() {
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }

    /** What it is called where something is said of it. */
    String subject() {
        return kind + " " + name;
    }

    Map<String, String> labels() {
        return texts("labels");
    }

    Map<String, String> annotations() {
        return texts("annotations");
    }

    private Map<String, String> texts(String key) {
        Mapping texts = Nodes.mappingOrEmpty(Nodes.mappingOrEmpty(node, "metadata"), key);
        Map<String, String> values = new LinkedHashMap<>();
        texts.entries().forEach((name, value) -> values.put(name, Nodes.asText(name, value)));
        return values;
    }

    /** Whether both lie in one namespace, as far as that is written. */
    boolean isBeside(Manifest other) {
        return namespace.isEmpty() || other.namespace.isEmpty() || namespace.equals(other.namespace);
    }

    Manifest with(Mapping changed) {
        return new Manifest(apiVersion, kind, name, namespace, changed);
    }

    Manifest in(String other) {
        return new Manifest(apiVersion, kind, name, other, node);
    }
}
