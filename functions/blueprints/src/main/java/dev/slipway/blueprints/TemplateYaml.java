package dev.slipway.blueprints;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Writes a template as a person reads it: {@code !Ref 'Vpc'} for {@code {"Ref": "Vpc"}}, and before each part what it is. */
final class TemplateYaml {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setSplitLines(false)
            .setDumpComments(true)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .build();

    /** CloudFormation reads YAML 1.1, where many a text without quotes is a number, a date or a truth value. */
    private static final Pattern TEXT = Pattern.compile("(?i)(?!(y|n|yes|no|on|off|true|false|null)$)[a-z].*");

    private final Map<String, String> titles;

    private TemplateYaml(Map<String, String> titles) {
        this.titles = titles;
    }

    static String write(Template template) {
        Node root = new TemplateYaml(template.titles()).node(template.content(), 0);
        return new Present(SETTINGS)
                .emitToString(new Serialize(SETTINGS).serializeOne(root).iterator());
    }

    private Node node(Object value, int depth) {
        return switch (value) {
            case Map<?, ?> mapping -> mapping(Blueprint.mapping(mapping), depth);
            case List<?> list ->
                new SequenceNode(
                        Tag.SEQ,
                        list.stream().map(item -> node(item, depth + 1)).toList(),
                        FlowStyle.BLOCK);
            case String text -> text(text);
            case Integer number -> new ScalarNode(Tag.INT, number.toString(), ScalarStyle.PLAIN);
            case Long number -> new ScalarNode(Tag.INT, number.toString(), ScalarStyle.PLAIN);
            case Double number -> new ScalarNode(Tag.FLOAT, number.toString(), ScalarStyle.PLAIN);
            case Boolean truth -> new ScalarNode(Tag.BOOL, truth.toString(), ScalarStyle.PLAIN);
            default -> new ScalarNode(Tag.FLOAT, value.toString(), ScalarStyle.PLAIN);
        };
    }

    private Node mapping(Map<String, Object> mapping, int depth) {
        if (mapping.size() == 1) {
            Map.Entry<String, Object> only = mapping.entrySet().iterator().next();
            Optional<Tag> tag = function(only.getKey());
            if (tag.isPresent()) {
                return function(tag.get(), only.getValue(), depth);
            }
        }
        return new MappingNode(
                Tag.MAP,
                mapping.entrySet().stream()
                        .map(entry -> new NodeTuple(key(entry.getKey(), depth), node(entry.getValue(), depth + 1)))
                        .toList(),
                FlowStyle.BLOCK);
    }

    private Node key(String name, int depth) {
        ScalarNode key = text(name);
        String title = titles.get(name);
        // Resources stand one level below the sections.
        if (title != null && depth == 1) {
            key.setBlockComments(
                    List.of(new CommentLine(Optional.empty(), Optional.empty(), " " + title, CommentType.BLOCK)));
        }
        return key;
    }

    private static Optional<Tag> function(String key) {
        return key.equals(Intrinsic.REF)
                ? Optional.of(new Tag("!Ref"))
                : Optional.of(key)
                        .filter(name -> name.startsWith("Fn::"))
                        .map(name -> new Tag("!" + name.substring(4)));
    }

    private Node function(Tag tag, Object argument, int depth) {
        return switch (argument) {
            case List<?> path
            when tag.getValue().equals("!GetAtt") ->
                new ScalarNode(tag, path.getFirst() + "." + path.getLast(), ScalarStyle.SINGLE_QUOTED);
            case List<?> list ->
                arguments(tag, list.stream().map(item -> node(item, depth + 1)).toList());
            case Map<?, ?> mapping ->
                new MappingNode(tag, ((MappingNode) node(mapping, depth + 1)).getValue(), FlowStyle.BLOCK);
            default ->
                new ScalarNode(
                        tag, argument.toString(), text(argument.toString()).getScalarStyle());
        };
    }

    /** On one line, unless something in it needs more. */
    private static SequenceNode arguments(Tag tag, List<Node> items) {
        boolean flat = items.stream().allMatch(TemplateYaml::isFlat);
        return new SequenceNode(tag, items, flat ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }

    private static boolean isFlat(Node node) {
        return node instanceof ScalarNode
                || (node instanceof SequenceNode sequence && sequence.getFlowStyle() == FlowStyle.FLOW);
    }

    private static ScalarNode text(String text) {
        if (text.contains("\n")) {
            return new ScalarNode(Tag.STR, text, ScalarStyle.LITERAL);
        }
        boolean plain = TEXT.matcher(text).matches();
        return new ScalarNode(Tag.STR, text, plain ? ScalarStyle.PLAIN : ScalarStyle.SINGLE_QUOTED);
    }
}
