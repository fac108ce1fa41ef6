package dev.slipway.compose.model;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlJson;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The Compose Specification's own JSON schema.
 *
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json">compose-spec.json</a>
 */
final class ComposeSchema {
    private static final String FILE = "compose-spec.json";

    private static final Set<String> UNKNOWN_KEY = Set.of("additionalProperties", "unevaluatedProperties");

    private static final Schema SCHEMA = published();

    /** What is said of a container, of whichever kind. */
    static final Set<String> CONTAINER_KEYS = SCHEMA.getSchemaNode()
            .at("/$defs/container_spec/properties")
            .propertyStream()
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());

    private ComposeSchema() {}

    private static Schema published() {
        try (InputStream published = Objects.requireNonNull(ComposeSchema.class.getResourceAsStream(FILE))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            SchemaLocation.of("classpath:/dev/slipway/compose/model/" + FILE),
                            published,
                            InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws dev.slipway.migration.exception.InvalidSpec naming the place that says most about what is wrong */
    static void validate(Mapping root) {
        List<Error> errors = SCHEMA.validate(YamlJson.of(root));
        errors.stream().max(Comparator.comparingInt(ComposeSchema::specificity)).ifPresent(error -> {
            throw refusal(error, root);
        });
    }

    private static int specificity(Error error) {
        int depth = error.getInstanceLocation().getNameCount();
        return 2 * depth + (isUnknownKey(error) ? 1 : 0);
    }

    private static boolean isUnknownKey(Error error) {
        return UNKNOWN_KEY.contains(error.getKeyword());
    }

    private static RuntimeException refusal(Error error, Mapping root) {
        String place = place(error.getInstanceLocation());
        Position at = position(root, error.getInstanceLocation(), error.getProperty());
        if (isUnknownKey(error)) {
            return at.invalid(
                    "'" + (place.isEmpty() ? "" : place + ".") + error.getProperty()
                            + "' is no key of the Compose Specification",
                    "correct its name, or begin it with 'x-'");
        }
        return at.invalid(
                "'" + place + "' is not as the Compose Specification has it: "
                        + error.getMessage().replaceFirst("^\\S*: ", ""),
                "correct it");
    }

    private static String place(NodePath path) {
        StringBuilder place = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            place.append(i == 0 ? "" : ".").append(path.getElement(i));
        }
        return place.toString();
    }

    private static Position position(Mapping root, NodePath path, String key) {
        YamlNode node = root;
        Position at = root.at();
        for (int i = 0; i < path.getNameCount(); i++) {
            switch (node) {
                case Mapping mapping -> {
                    String name = path.getElement(i).toString();
                    at = mapping.at(name);
                    node = mapping.entries().getOrDefault(name, mapping);
                }
                case Sequence sequence -> {
                    node = sequence.items()
                            .get(Integer.parseInt(path.getElement(i).toString()));
                    at = node.at();
                }
                case Scalar scalar -> at = scalar.at();
            }
        }
        return key != null && node instanceof Mapping mapping ? mapping.at(key) : at;
    }
}
