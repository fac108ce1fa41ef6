package dev.slipway.compose.yaml;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes a tree for what YAML says it is. */
public final class YamlTrees {
    private YamlTrees() {}

    /** Maps, lists, texts, numbers and truth values. @throws dev.slipway.migration.exception.InvalidSpec if a value is missing */
    public static Object value(YamlNode node) {
        return switch (node) {
            case Mapping mapping -> values(mapping);
            case Sequence sequence ->
                sequence.items().stream().map(YamlTrees::value).toList();
            case Scalar scalar -> value(scalar);
        };
    }

    private static Map<String, Object> values(Mapping mapping) {
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> values.put(key, value(value)));
        return values;
    }

    private static Object value(Scalar scalar) {
        return switch (scalar.type()) {
            case STRING -> scalar.text();
            case INTEGER -> Long.valueOf(scalar.text());
            case DECIMAL -> new BigDecimal(scalar.text());
            case BOOLEAN -> Boolean.valueOf(scalar.text());
            case NULL -> throw scalar.at().invalid("a value is missing", "write it, or leave out its key");
        };
    }
}
