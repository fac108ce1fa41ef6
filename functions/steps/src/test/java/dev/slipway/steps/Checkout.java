package dev.slipway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What is deployed beside the code: template.yaml, the machines, and the examples of their inputs. */
final class Checkout {
    private static final Path ROOT = Path.of(System.getProperty("slipway.root"));

    private Checkout() {}

    static JsonNode template() {
        return yaml(ROOT.resolve("template.yaml"));
    }

    /** The resources of template.yaml of one type, by their logical names. */
    static Map<String, JsonNode> resources(String type) {
        return template().path("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals(type))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }

    /** Each machine's text by its name, e.g. {@code until-done}. */
    static Map<String, String> machines() {
        return files("statemachine").stream()
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".asl.yaml", ""),
                        Checkout::text,
                        (one, other) -> one,
                        TreeMap::new));
    }

    /** Every state of a machine by its name, those of its maps too. */
    static Map<String, JsonNode> states(String machine) {
        Map<String, JsonNode> states = new TreeMap<>();
        collect(yaml(ROOT.resolve("statemachine").resolve(machine + ".asl.yaml")), states);
        return states;
    }

    private static void collect(JsonNode machine, Map<String, JsonNode> states) {
        machine.path("States").properties().forEach(state -> {
            states.put(state.getKey(), state.getValue());
            collect(state.getValue().path("ItemProcessor"), states);
        });
    }

    /** The state a machine starts at. */
    static JsonNode start(String machine) {
        JsonNode definition = yaml(ROOT.resolve("statemachine").resolve(machine + ".asl.yaml"));
        return definition.path("States").path(definition.path("StartAt").asText());
    }

    /** Each example under events/, by the name of its file. */
    static Map<String, JsonNode> events(String folder) {
        return files("events/" + folder).stream()
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString(), Checkout::json, (one, other) -> one, TreeMap::new));
    }

    private static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return StrictJson.mapper().readTree(text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static JsonNode yaml(Path file) {
        return new Compose(LoadSettings.builder().build())
                .composeString(text(file))
                .map(Checkout::plain)
                .orElseThrow();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** CloudFormation's tags (!Ref, !Sub) say nothing here, so each scalar is its text. */
    private static JsonNode plain(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                mapping.getValue()
                        .forEach(pair ->
                                object.set(((ScalarNode) pair.getKeyNode()).getValue(), plain(pair.getValueNode())));
                yield object;
            }
            case SequenceNode sequence -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                sequence.getValue().forEach(item -> array.add(plain(item)));
                yield array;
            }
            case ScalarNode scalar -> JsonNodeFactory.instance.textNode(scalar.getValue());
            default -> throw new IllegalArgumentException(node.getTag().toString());
        };
    }
}
