package dev.slipway.compose.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlJson;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.exception.InvalidSpec;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads manifests into the records of the Kubernetes client library, as strictly as a cluster does. */
final class Models {
    /** Without its annotations, which say little beyond names, the library is read in two thirds of the time. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.USE_ANNOTATIONS)
            .addModule(new SimpleModule()
                    .addDeserializer(Quantity.class, new Amounts())
                    .addDeserializer(IntOrString.class, new NumbersOrNames()))
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private Models() {}

    /** The part {@code spec}, or an empty one. @throws InvalidSpec naming the value that is of a wrong type */
    static <T> T spec(Manifest manifest, Class<T> type) {
        return read(manifest, "spec", Nodes.mappingOrEmpty(manifest.node(), "spec"), type);
    }

    /** The whole of it, but for its metadata. @throws InvalidSpec naming the value that is of a wrong type */
    static <T> T whole(Manifest manifest, Class<T> type) {
        return read(manifest, "", manifest.node().without("metadata"), type);
    }

    private static <T> T read(Manifest manifest, String place, Mapping node, Class<T> type) {
        Mapping plain = (Mapping) withoutNulls(node);
        try {
            // As text, because the library's own readers know the numbers of a parser only.
            return MAPPER.readValue(YamlJson.of(plain).toString(), type);
        } catch (JsonMappingException e) {
            throw wrong(manifest, place, plain, e);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw node.at()
                    .invalid(
                            "the " + manifest.subject() + " cannot be read",
                            "compare it with Kubernetes' own reference",
                            e);
        }
    }

    /** What is null is not there. */
    private static YamlNode withoutNulls(YamlNode node) {
        return switch (node) {
            case Mapping mapping -> {
                Map<String, YamlNode> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> {
                    if (!value.isNull()) {
                        entries.put(key, withoutNulls(value));
                    }
                });
                yield new Mapping(entries, mapping.keys(), mapping.at());
            }
            case Sequence sequence -> {
                List<YamlNode> items = new ArrayList<>();
                for (YamlNode item : sequence.items()) {
                    if (item.isNull()) {
                        throw item.at().invalid("an item of the list is empty", "write it, or remove its hyphen");
                    }
                    items.add(withoutNulls(item));
                }
                yield new Sequence(items, sequence.at());
            }
            case Scalar scalar -> scalar;
        };
    }

    private static InvalidSpec wrong(Manifest manifest, String place, Mapping root, JsonMappingException e) {
        YamlNode at = root;
        List<String> path = new ArrayList<>(place.isEmpty() ? List.of() : List.of(place));
        for (JsonMappingException.Reference step : e.getPath()) {
            path.add(step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName());
            at = below(at, step);
        }
        String key = path.stream().collect(Collectors.joining(".")).replace(".[", "[");
        return at.at()
                .invalid(
                        "'" + key + "' of the " + manifest.subject() + " is " + shape(at), "make it " + expected(e), e);
    }

    private static YamlNode below(YamlNode node, JsonMappingException.Reference step) {
        return switch (node) {
            case Mapping mapping ->
                mapping.get(String.valueOf(step.getFieldName())).orElse(mapping);
            case Sequence sequence ->
                step.getIndex() >= 0 && step.getIndex() < sequence.items().size()
                        ? sequence.items().get(step.getIndex())
                        : sequence;
            case Scalar scalar -> scalar;
        };
    }

    private static String shape(YamlNode node) {
        if (!(node instanceof Scalar scalar)) {
            return node.shape();
        }
        return switch (scalar.type()) {
            case STRING -> "text";
            case INTEGER, DECIMAL -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "empty";
        };
    }

    private static String expected(JsonMappingException e) {
        if (!(e instanceof MismatchedInputException mismatch) || mismatch.getTargetType() == null) {
            return "what Kubernetes' own reference says";
        }
        JavaType type = MAPPER.constructType(mismatch.getTargetType());
        if (type.isTypeOrSubTypeOf(CharSequence.class)) {
            return "text, in quotes";
        }
        if (type.isTypeOrSubTypeOf(Number.class) || type.isPrimitive()) {
            return "a number";
        }
        if (type.isTypeOrSubTypeOf(Boolean.class)) {
            return "true or false";
        }
        return type.isCollectionLikeType() ? "a list" : "keys with values";
    }

    private static final class Amounts extends StdDeserializer<Quantity> {
        Amounts() {
            super(Quantity.class);
        }

        @Override
        public Quantity deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            boolean single = parser.currentToken().isNumeric() || parser.hasToken(JsonToken.VALUE_STRING);
            return single
                    ? new Quantity(parser.getText())
                    : (Quantity) context.handleUnexpectedToken(String.class, parser);
        }
    }

    private static final class NumbersOrNames extends StdDeserializer<IntOrString> {
        NumbersOrNames() {
            super(IntOrString.class);
        }

        @Override
        public IntOrString deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT -> new IntOrString(parser.getIntValue());
                case VALUE_STRING -> new IntOrString(parser.getText());
                default -> (IntOrString) context.handleUnexpectedToken(Integer.class, parser);
            };
        }
    }
}
