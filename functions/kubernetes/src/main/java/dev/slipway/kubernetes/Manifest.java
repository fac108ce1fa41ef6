package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One object of a cluster. Every text in it is a {@link dev.slipway.migration.app.SecretTemplate}. */
record Manifest(ObjectNode node) {

    /** What was uploaded: documents of YAML. */
    static List<Manifest> read(String text) {
        List<Manifest> manifests = new ArrayList<>();
        LoadSettings settings = LoadSettings.builder().setLabel("manifests").build();
        for (Object document : new Load(settings).loadAllFromString(text)) {
            if (StrictJson.mapper().valueToTree(document) instanceof ObjectNode object) {
                manifests.add(new Manifest(object));
            }
        }
        return manifests;
    }

    /** An object of our own. */
    static Manifest of(String apiVersion, String kind, String name) {
        ObjectNode object = StrictJson.mapper().createObjectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata").put("name", name);
        return new Manifest(object);
    }

    String kind() {
        return node.path("kind").asText();
    }

    String name() {
        return metadata().path("name").asText();
    }

    String namespace() {
        return metadata().path("namespace").asText();
    }

    /** Empty for the core group. */
    String group() {
        String version = node.path("apiVersion").asText();
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    boolean is(String... kinds) {
        return List.of(kinds).contains(kind());
    }

    ObjectNode metadata() {
        return node.withObjectProperty("metadata");
    }

    ObjectNode spec() {
        return node.withObjectProperty("spec");
    }

    /** What pods are made from; empty where it makes none. */
    Optional<ObjectNode> template() {
        return switch (kind()) {
            case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job" ->
                Optional.of(spec().withObjectProperty("template"));
            case "CronJob" ->
                Optional.of(spec().withObjectProperty("jobTemplate")
                        .withObjectProperty("spec")
                        .withObjectProperty("template"));
            case "Pod" -> Optional.of(node);
            default -> Optional.empty();
        };
    }

    Optional<ObjectNode> pod() {
        return template().map(template -> template.withObjectProperty("spec"));
    }

    Map<String, String> podLabels() {
        return template()
                .<Map<String, String>>map(
                        template -> texts(template.path("metadata").path("labels")))
                .orElseGet(TreeMap::new);
    }

    /** The containers of its pods, those that run before the others last. */
    List<ObjectNode> containers() {
        List<ObjectNode> containers = new ArrayList<>();
        pod().ifPresent(pod -> List.of("containers", "initContainers")
                .forEach(list -> pod.path(list).forEach(container -> containers.add((ObjectNode) container))));
        return containers;
    }

    static NavigableMap<String, String> texts(JsonNode mapping) {
        NavigableMap<String, String> texts = new TreeMap<>();
        mapping.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
