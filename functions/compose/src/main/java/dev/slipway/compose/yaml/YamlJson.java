package dev.slipway.compose.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Trees as JSON. */
public final class YamlJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");

    private YamlJson() {}

    /** @throws dev.slipway.migration.exception.InvalidSpec if a number is one that JSON does not know */
    public static JsonNode of(YamlNode node) {
        return switch (node) {
            case Mapping mapping -> {
                ObjectNode object = JSON.objectNode();
                mapping.entries().forEach((key, value) -> object.set(key, of(value)));
                yield object;
            }
            case Sequence sequence -> {
                ArrayNode array = JSON.arrayNode();
                sequence.items().forEach(item -> array.add(of(item)));
                yield array;
            }
            case Scalar scalar ->
                switch (scalar.type()) {
                    case STRING -> JSON.textNode(scalar.text());
                    case INTEGER -> JSON.numberNode(new BigInteger(scalar.text()));
                    case DECIMAL -> number(scalar);
                    case BOOLEAN -> JSON.booleanNode(Boolean.parseBoolean(scalar.text()));
                    case NULL -> JSON.nullNode();
                };
        };
    }

    private static JsonNode number(Scalar scalar) {
        if (!NUMBER.matcher(scalar.text()).matches()) {
            throw scalar.at().invalid("'" + scalar.text() + "' is no finite number", "write one, or put it in quotes");
        }
        return JSON.numberNode(new BigDecimal(scalar.text()));
    }
}
