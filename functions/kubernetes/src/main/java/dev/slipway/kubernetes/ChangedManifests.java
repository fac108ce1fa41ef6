package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.app.SecretTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * An app's manifests as they are on its target, without any secret: what only the target knows stands as {@code ${secret:KEY}}, a key
 * of the target's secret, or as {@code ${output:NAME}}, an output of its stack. Nothing runs by them until pods are asked for.
 */
public final class ChangedManifests {
    /** What precedes the key of a secret's value. */
    public static final String SECRET = "secret:";

    /** What precedes the name of an output of the target's stack. */
    public static final String OUTPUT = "output:";

    private static final DumpSettings YAML = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .build();

    private final String app;
    private final List<Manifest> manifests;

    ChangedManifests(String app, List<Manifest> manifests) {
        this.app = app;
        this.manifests = List.copyOf(manifests);
    }

    /** The app, which is the namespace's name too. */
    public String app() {
        return app;
    }

    /** What is written for people who look at it, or apply it themselves: names of files and their texts, in the order to apply. */
    public Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        int number = 0;
        for (Manifest manifest : manifests) {
            String name = String.format(
                    Locale.ROOT,
                    "%02d-%s-%s.yaml",
                    number++,
                    manifest.kind().toLowerCase(Locale.ROOT),
                    manifest.name().replaceAll("[^A-Za-z0-9.-]", "-"));
            JsonNode readable = each(manifest.node(), ManifestChange::plain);
            files.put(name, new Dump(YAML).dumpToString(StrictJson.mapper().convertValue(readable, Map.class)));
        }
        return files;
    }

    /** What a person tells kubectl to have it run: jobs first, then services, and the schedules when the target is the writer. */
    List<String> starts() {
        return Stream.of(
                        marked("Job", Marks.FIRST).map(ChangedManifests::resume),
                        manifests.stream()
                                .filter(manifest -> manifest.is("Job")
                                        && annotation(manifest, Marks.FIRST).isEmpty())
                                .map(ChangedManifests::resume),
                        Stream.of("Deployment", "StatefulSet")
                                .flatMap(kind -> marked(kind, Marks.COUNT))
                                .map(workload -> "scale " + address(workload) + " --replicas="
                                        + annotation(workload, Marks.COUNT)),
                        marked("CronJob", Marks.SCHEDULED).map(ChangedManifests::resume))
                .flatMap(commands -> commands)
                .toList();
    }

    private Stream<Manifest> marked(String kind, String mark) {
        return manifests.stream()
                .filter(manifest ->
                        manifest.is(kind) && !annotation(manifest, mark).isEmpty());
    }

    private static String annotation(Manifest manifest, String name) {
        return manifest.metadata().path("annotations").path(name).asText();
    }

    private static String resume(Manifest manifest) {
        return "patch " + address(manifest) + " --patch '{\"spec\":{\"suspend\":false}}'";
    }

    private static String address(Manifest manifest) {
        return manifest.kind().toLowerCase(Locale.ROOT) + "/" + manifest.name();
    }

    /**
     * The objects with every value in place, which may be secrets.
     *
     * @param values of the references
     * @throws dev.slipway.migration.exception.InvalidInput if a value is missing
     */
    List<ObjectNode> resolved(Map<String, String> values) {
        return manifests.stream()
                .map(manifest -> (ObjectNode) each(manifest.node(), text -> new SecretTemplate(text).resolve(values)))
                .toList();
    }

    private static JsonNode each(JsonNode node, UnaryOperator<String> change) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode changed = object.objectNode();
                object.properties().forEach(entry -> changed.set(entry.getKey(), each(entry.getValue(), change)));
                yield changed;
            }
            case ArrayNode array -> {
                ArrayNode changed = array.arrayNode();
                array.forEach(item -> changed.add(each(item, change)));
                yield changed;
            }
            case TextNode text -> TextNode.valueOf(change.apply(text.asText()));
            default -> node;
        };
    }
}
