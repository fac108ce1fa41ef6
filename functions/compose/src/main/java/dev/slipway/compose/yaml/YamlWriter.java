package dev.slipway.compose.yaml;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import java.util.List;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Writes a tree as YAML that reads back as the same tree. */
public final class YamlWriter {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setSplitLines(false)
            .setSchema(new YamlSchema())
            .build();

    private static final Scalars SCALARS = new Scalars();

    private YamlWriter() {}

    public static String write(YamlNode root) {
        return new Present(SETTINGS)
                .emitToString(new Serialize(SETTINGS).serializeOne(node(root)).iterator());
    }

    private static Node node(YamlNode value) {
        return switch (value) {
            case Mapping mapping -> new MappingNode(Tag.MAP, tuples(mapping), FlowStyle.BLOCK);
            case Sequence sequence ->
                new SequenceNode(
                        Tag.SEQ, sequence.items().stream().map(YamlWriter::node).toList(), FlowStyle.BLOCK);
            case Scalar scalar -> scalar(scalar);
        };
    }

    private static List<NodeTuple> tuples(Mapping mapping) {
        return mapping.entries().entrySet().stream()
                .map(entry -> new NodeTuple(string(entry.getKey()), node(entry.getValue())))
                .toList();
    }

    private static Node scalar(Scalar scalar) {
        return switch (scalar.type()) {
            case STRING -> string(scalar.text());
            case INTEGER -> plain(Tag.INT, scalar.text());
            case DECIMAL -> plain(Tag.FLOAT, scalar.text());
            case BOOLEAN -> plain(Tag.BOOL, scalar.text());
            case NULL -> plain(Tag.NULL, "null");
        };
    }

    /** Docker Compose takes some words for another type that the library does not, such as {@code False}. */
    private static Node string(String text) {
        boolean plain = SCALARS.resolve(text, true).equals(Tag.STR);
        return plain ? plain(Tag.STR, text) : new ScalarNode(Tag.STR, text, ScalarStyle.SINGLE_QUOTED);
    }

    /** Where plain text would be read as another type, the library quotes it: it asks the schema. */
    private static Node plain(Tag tag, String text) {
        return new ScalarNode(tag, text, ScalarStyle.PLAIN);
    }
}
