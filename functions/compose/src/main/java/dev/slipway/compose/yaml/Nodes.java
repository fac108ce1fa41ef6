package dev.slipway.compose.yaml;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.exception.InvalidSpec;
import java.util.List;
import java.util.Optional;

/** Takes a value of the expected shape out of a tree, or says where another one stands. */
public final class Nodes {
    private Nodes() {}

    /** @throws InvalidSpec if the key is missing or holds no mapping */
    public static Mapping mapping(Mapping parent, String key) {
        return parent.get(key)
                .map(value -> asMapping(key, value))
                .orElseThrow(() -> parent.at(key)
                        .invalid("'" + key + "' is missing or empty", "write its keys below '" + key + ":', indented"));
    }

    public static Mapping mappingOrEmpty(Mapping parent, String key) {
        return parent.get(key).map(value -> asMapping(key, value)).orElse(Mapping.empty(parent.at(key)));
    }

    /** The text of a single value, empty where the key is absent. */
    public static Optional<String> text(Mapping parent, String key) {
        return parent.get(key).map(value -> asText(key, value));
    }

    /** A list; a single value counts as a list of one, an absent key as none. */
    public static List<YamlNode> list(Mapping parent, String key) {
        return parent.get(key)
                .map(value -> switch (value) {
                    case Sequence sequence -> sequence.items();
                    case Scalar scalar -> List.<YamlNode>of(scalar);
                    case Mapping mapping -> throw wrong(key, mapping, "a list");
                })
                .orElse(List.of());
    }

    public static String asText(String key, YamlNode value) {
        if (value instanceof Scalar scalar) {
            return scalar.text();
        }
        throw wrong(key, value, "a single value");
    }

    private static Mapping asMapping(String key, YamlNode value) {
        if (value instanceof Mapping mapping) {
            return mapping;
        }
        throw wrong(key, value, "a mapping");
    }

    private static InvalidSpec wrong(String key, YamlNode value, String expected) {
        return value.at().invalid("'" + key + "' is " + value.shape(), "make it " + expected);
    }
}
