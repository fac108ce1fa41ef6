package dev.slipway.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.compose.AppFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The keys of the Compose Specification's schema at every depth: {@code networks.*.aliases}, where {@code *} is a name of the file's own. */
final class SchemaKeys {
    private static final String SCHEMA = "model/compose-spec.json";

    private final JsonNode schema;
    private final Set<String> keys = new TreeSet<>();

    private SchemaKeys(JsonNode schema) {
        this.schema = schema;
    }

    static Set<String> ofService() {
        SchemaKeys keys = new SchemaKeys(read());
        keys.walk(keys.schema.path("$defs").path("service"), "", Set.of("service"));
        return keys.keys;
    }

    /** Without what lies below services and jobs. */
    static Set<String> ofTop() {
        SchemaKeys keys = new SchemaKeys(read());
        keys.walk(keys.schema, "", Set.of("service", "job"));
        return keys.keys;
    }

    private void walk(JsonNode node, String path, Set<String> within) {
        String reference = node.path("$ref").asText("").replaceFirst(".*/", "");
        if (!reference.isEmpty()) {
            if (!within.contains(reference)) {
                Set<String> deeper = new TreeSet<>(within);
                deeper.add(reference);
                walk(schema.path("$defs").path(reference), path, deeper);
            }
            return;
        }
        for (String choice : Set.of("oneOf", "anyOf", "allOf")) {
            node.path(choice).forEach(each -> walk(each, path, within));
        }
        if (node.path("items").isObject()) {
            walk(node.path("items"), path, within);
        }
        node.path("properties")
                .properties()
                .forEach(property -> add(property.getKey(), property.getValue(), path, within));
        node.path("patternProperties").properties().forEach(property -> {
            // '.+' is anything at all, which is the author's own, and so is an extension.
            if (!property.getKey().contains(".+") && !property.getKey().contains("x-")) {
                add("*", property.getValue(), path, within);
            }
        });
    }

    private void add(String key, JsonNode value, String path, Set<String> within) {
        String deeper = path.isEmpty() ? key : path + "." + key;
        keys.add(deeper);
        walk(value, deeper, within);
    }

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(AppFiles.class.getResourceAsStream(SCHEMA))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
