package dev.slipway.compose;

import dev.slipway.compose.YamlNode.Mapping;
import dev.slipway.compose.YamlNode.Scalar;
import dev.slipway.compose.YamlNode.ScalarType;
import dev.slipway.compose.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads one YAML document whose top level is a mapping. */
final class YamlReader {
    private static final int MAX_CODE_POINTS = 1_000_000;
    /** Aliases may multiply a small file without bound ("billion laughs"). */
    private static final int MAX_NODES = 200_000;

    private static final String MERGE = "<<";

    private final String file;
    private final Set<Node> open = new HashSet<>();
    private int nodes;

    private YamlReader(String file) {
        this.file = file;
    }

    /** The document; an empty one is an empty mapping. */
    static Mapping read(String file, String text) {
        return new YamlReader(file).document(text);
    }

    private Mapping document(String text) {
        Position top = new Position(file, 1);
        YamlNode root = parse(text).map(this::convert).orElse(Mapping.empty(top));
        return switch (root) {
            case Mapping mapping -> mapping;
            case Scalar scalar when scalar.type() == ScalarType.NULL -> Mapping.empty(top);
            case Scalar scalar -> throw notAMapping(scalar);
            case Sequence sequence -> throw notAMapping(sequence);
        };
    }

    private static RuntimeException notAMapping(YamlNode node) {
        return node.at().invalid("its top level is " + node.shape(), "write keys followed by a colon");
    }

    private Optional<Node> parse(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setCodePointLimit(MAX_CODE_POINTS)
                .setAllowNonScalarKeys(true)
                .build();
        try {
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            throw position(e.getProblemMark())
                    .invalid("it is not YAML (" + e.getProblem() + ")", "correct the line, its indentation first", e);
        } catch (YamlEngineException e) {
            throw new Position(file, 0)
                    .invalid("it is not YAML (" + e.getMessage() + ")", "check that this is the right file", e);
        }
    }

    private YamlNode convert(Node node) {
        if (++nodes > MAX_NODES) {
            throw position(node)
                    .invalid("its aliases expand to more than " + MAX_NODES + " values", "use fewer aliases");
        }
        if (!open.add(node)) {
            throw position(node).invalid("an alias refers to what it stands in", "break the circle");
        }
        try {
            return switch (node) {
                case MappingNode mapping -> mapping(mapping);
                case SequenceNode sequence ->
                    new Sequence(sequence.getValue().stream().map(this::convert).toList(), position(node));
                case ScalarNode scalar -> scalar(scalar);
                default -> throw position(node).invalid("it holds an unknown kind of value", "write plain YAML");
            };
        } finally {
            open.remove(node);
        }
    }

    /** However an empty value is written, it is the same. */
    private Scalar scalar(ScalarNode node) {
        ScalarType type = type(node);
        return new Scalar(type == ScalarType.NULL ? "" : node.getValue(), type, position(node));
    }

    private static ScalarType type(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return ScalarType.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return ScalarType.BOOLEAN;
        }
        if (tag.equals(Tag.INT)) {
            return ScalarType.INTEGER;
        }
        return tag.equals(Tag.FLOAT) ? ScalarType.DECIMAL : ScalarType.STRING;
    }

    private Mapping mapping(MappingNode node) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        Map<String, Position> keys = new LinkedHashMap<>();
        List<Mapping> merged = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            String key = key(tuple.getKeyNode());
            if (key.equals(MERGE)) {
                merged.addAll(merged(convert(tuple.getValueNode())));
            } else if (entries.putIfAbsent(key, convert(tuple.getValueNode())) == null) {
                keys.put(key, position(tuple.getKeyNode()));
            } else {
                throw position(tuple.getKeyNode()).invalid("'" + key + "' stands there twice", "remove one of them");
            }
        }
        for (Mapping other : merged) {
            other.entries().forEach(entries::putIfAbsent);
            other.keys().forEach(keys::putIfAbsent);
        }
        return new Mapping(entries, keys, position(node));
    }

    private String key(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw position(node).invalid("a key is not a single value", "write a name before the colon");
    }

    private static List<Mapping> merged(YamlNode value) {
        return switch (value) {
            case Mapping mapping -> List.of(mapping);
            case Sequence sequence ->
                sequence.items().stream().flatMap(item -> merged(item).stream()).toList();
            case Scalar scalar ->
                throw scalar.at().invalid("'<<' merges what is no mapping", "merge an anchor of a mapping");
        };
    }

    private Position position(Node node) {
        return position(node.getStartMark());
    }

    private Position position(Optional<Mark> mark) {
        return new Position(file, mark.map(Mark::getLine).orElse(-1) + 1);
    }
}
