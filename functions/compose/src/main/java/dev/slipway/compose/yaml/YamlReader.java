package dev.slipway.compose.yaml;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.ScalarType;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML into trees, with aliases and merge keys expanded. */
public final class YamlReader {
    private static final int MAX_CODE_POINTS = 6_000_000;
    /** Aliases may multiply a small file without bound ("billion laughs"). */
    private static final int MAX_ALIASED = 200_000;

    private static final String MERGE = "<<";
    private static final String RESET = "!reset";
    private static final String OVERRIDE = "!override";

    private final String file;
    private final int most;
    private final Set<Node> open = new HashSet<>();
    private final List<TreePath> resets = new ArrayList<>();
    private int nodes;

    /** @param length of the text, which without aliases has no more values than characters */
    private YamlReader(String file, int length) {
        this.file = file;
        this.most = MAX_ALIASED + length;
    }

    /** The only document, whose top level is a mapping; an empty one is an empty mapping. */
    public static Mapping read(String file, String text) {
        List<Document> documents = documents(file, text);
        Position top = new Position(file, 1);
        if (documents.size() > 1) {
            throw documents.get(1).root().at().invalid("a second document begins here", "keep one of them");
        }
        boolean blank = documents.isEmpty() || documents.getFirst().root().isNull();
        return blank ? Mapping.empty(top) : documents.getFirst().mapping();
    }

    /** All documents in turn; a file of comments has none. */
    public static List<Document> documents(String file, String text) {
        List<Document> documents = new ArrayList<>();
        for (Node node : parse(file, text)) {
            YamlReader reader = new YamlReader(file, text.length());
            documents.add(new Document(reader.convert(node, TreePath.ROOT), reader.resets));
        }
        return documents;
    }

    private static List<Node> parse(String file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new YamlSchema())
                .setCodePointLimit(MAX_CODE_POINTS)
                .setAllowNonScalarKeys(true)
                .setMaxAliasesForCollections(MAX_ALIASED)
                .build();
        try {
            List<Node> documents = new ArrayList<>();
            new Composer(settings, new YamlEvents(settings, text)).forEachRemaining(documents::add);
            return documents;
        } catch (MarkedYamlEngineException e) {
            throw position(file, e.getProblemMark())
                    .invalid("it is not YAML (" + e.getProblem() + ")", "correct the line, its indentation first", e);
        } catch (YamlEngineException e) {
            throw new Position(file, 0)
                    .invalid("it is not YAML (" + e.getMessage() + ")", "check that this is the right file", e);
        }
    }

    private YamlNode convert(Node node, TreePath path) {
        if (path.parts().size() > YamlEvents.MAX_DEPTH) {
            throw position(node).invalid("its aliases are nested too deeply", "use fewer aliases");
        }
        if (++nodes > most) {
            throw position(node).invalid("its aliases add more than " + MAX_ALIASED + " values", "use fewer aliases");
        }
        if (!open.add(node)) {
            throw position(node).invalid("an alias refers to what it stands in", "break the circle");
        }
        try {
            if (node.getTag().getValue().equals(OVERRIDE)) {
                resets.add(path);
            }
            return switch (node) {
                case MappingNode mapping -> mapping(mapping, path);
                case SequenceNode sequence -> sequence(sequence, path);
                case ScalarNode scalar -> scalar(scalar);
                default -> throw position(node).invalid("it holds an unknown kind of value", "write plain YAML");
            };
        } finally {
            open.remove(node);
        }
    }

    private boolean isReset(Node node, TreePath path) {
        boolean reset = node.getTag().getValue().equals(RESET);
        if (reset) {
            resets.add(path);
        }
        return reset;
    }

    private Sequence sequence(SequenceNode node, TreePath path) {
        List<YamlNode> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            if (!isReset(item, path.item())) {
                items.add(convert(item, path.item()));
            }
        }
        return new Sequence(items, position(node));
    }

    /** However a value is written, it is the same. */
    private Scalar scalar(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        Position at = position(node);
        if (text.indexOf('\0') >= 0) {
            throw at.invalid("a value holds a NUL character", "remove it");
        }
        if (tag.equals(Tag.NULL)) {
            return new Scalar("", ScalarType.NULL, at);
        }
        if (tag.equals(Tag.BOOL)) {
            return new Scalar(Boolean.toString(Boolean.parseBoolean(text)), ScalarType.BOOLEAN, at);
        }
        if (tag.equals(Tag.INT)) {
            return new Scalar(
                    Scalars.integer(text)
                            .orElseThrow(() -> at.invalid("'" + text + "' is no whole number", "write one"))
                            .toString(),
                    ScalarType.INTEGER,
                    at);
        }
        if (tag.equals(Tag.FLOAT)) {
            return new Scalar(decimal(text, at), ScalarType.DECIMAL, at);
        }
        return Scalar.string(tag.equals(Scalars.TIMESTAMP) ? Scalars.time(text).orElse(text) : text, at);
    }

    private static String decimal(String text, Position at) {
        try {
            return Scalars.decimal(text);
        } catch (NumberFormatException e) {
            throw at.invalid("'" + text + "' is no number", "write one", e);
        }
    }

    private Mapping mapping(MappingNode node, TreePath path) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        Map<String, Position> keys = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        List<Mapping> merged = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            String key = key(tuple.getKeyNode());
            if (!seen.add(key)) {
                throw position(tuple.getKeyNode()).invalid("'" + key + "' stands there twice", "remove one of them");
            }
            if (key.equals(MERGE)) {
                merged.addAll(merged(tuple.getValueNode(), path));
            } else if (!isReset(tuple.getValueNode(), path.next(key))) {
                entries.put(key, convert(tuple.getValueNode(), path.next(key)));
                keys.put(key, position(tuple.getKeyNode()));
            }
        }
        for (Mapping other : merged) {
            other.entries().forEach(entries::putIfAbsent);
            other.keys().forEach(keys::putIfAbsent);
        }
        return new Mapping(entries, keys, position(node));
    }

    private String key(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            throw position(node).invalid("a key is not a single value", "write a name before the colon");
        }
        if (!scalar.getTag().equals(Tag.STR)) {
            throw position(node)
                    .invalid(
                            "the key " + scalar.getValue() + " is read as no text",
                            "write it in quotes: \"" + scalar.getValue() + "\"");
        }
        return scalar.getValue();
    }

    private List<Mapping> merged(Node value, TreePath path) {
        return merged(convert(value, path));
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
        return position(file, node.getStartMark());
    }

    private static Position position(String file, Optional<Mark> mark) {
        return new Position(
                file,
                mark.map(Mark::getLine).orElse(-1) + 1,
                mark.map(Mark::getColumn).orElse(-1) + 1);
    }
}
