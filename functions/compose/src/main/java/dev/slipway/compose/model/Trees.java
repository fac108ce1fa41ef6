package dev.slipway.compose.model;

import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.ScalarType;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes trees from their leaves on. */
final class Trees {
    private Trees() {}

    /** What becomes of a value. */
    @FunctionalInterface
    interface Change {
        YamlNode of(YamlNode node, TreePath path);
    }

    /** Each value below the node, by its place; the node itself stays what it is. */
    static YamlNode below(YamlNode node, TreePath path, Change change) {
        return switch (node) {
            case Mapping mapping -> entries(mapping, path, change);
            case Sequence sequence -> items(sequence, path, change);
            case Scalar scalar -> scalar;
        };
    }

    static Mapping entries(Mapping mapping, TreePath path, Change change) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> entries.put(key, change.of(value, path.next(key))));
        return new Mapping(entries, mapping.keys(), mapping.at());
    }

    static Sequence items(Sequence sequence, TreePath path, Change change) {
        List<YamlNode> items = new ArrayList<>();
        sequence.items().forEach(item -> items.add(change.of(item, path.item())));
        return new Sequence(items, sequence.at());
    }

    static Mapping mapping(Mapping like, Map<String, YamlNode> entries) {
        return new Mapping(entries, like.keys(), like.at());
    }

    static Scalar string(String text, YamlNode like) {
        return Scalar.string(text, like.at());
    }

    static Scalar flag(boolean value, YamlNode like) {
        return new Scalar(Boolean.toString(value), ScalarType.BOOLEAN, like.at());
    }

    static Scalar number(long value, YamlNode like) {
        return new Scalar(Long.toString(value), ScalarType.INTEGER, like.at());
    }

    static Scalar nothing(YamlNode like) {
        return new Scalar("", ScalarType.NULL, like.at());
    }

    static Optional<String> text(YamlNode node) {
        return node instanceof Scalar scalar && scalar.type() == ScalarType.STRING
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /** The entry as the compose file has it, with one that is empty. */
    static Optional<YamlNode> entry(Mapping mapping, String key) {
        return Optional.ofNullable(mapping.entries().get(key));
    }

    static Optional<Mapping> child(Mapping mapping, String key) {
        return entry(mapping, key).filter(Mapping.class::isInstance).map(Mapping.class::cast);
    }

    /** The values alike, wherever they stand. */
    static boolean isSame(YamlNode one, YamlNode other) {
        return value(one).equals(value(other));
    }

    /** What is equal where the values are alike. */
    static Object value(YamlNode node) {
        return switch (node) {
            case Scalar scalar -> List.of(scalar.type(), scalar.text());
            case Sequence sequence ->
                sequence.items().stream().map(Trees::value).toList();
            case Mapping mapping -> {
                Map<String, Object> values = new HashMap<>();
                mapping.entries().forEach((key, value) -> values.put(key, value(value)));
                yield values;
            }
        };
    }
}
