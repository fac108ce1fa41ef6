package dev.slipway.blueprints;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads CloudFormation's YAML, where {@code !Ref Vpc} is short for {@code {"Ref": "Vpc"}}, into maps, lists and values. */
final class BlueprintYaml {
    private BlueprintYaml() {}

    static Object read(String name, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(name).build();
        return new Compose(settings)
                .composeString(text)
                .map(BlueprintYaml::value)
                .orElseThrow(() -> new IllegalStateException(name + " is empty"));
    }

    private static Object value(Node node) {
        String tag = node.getTag().getValue();
        return tag.startsWith("!") ? intrinsic(tag.substring(1), untagged(node)) : untagged(node);
    }

    private static Object untagged(Node node) {
        return switch (node) {
            case MappingNode mapping -> mapping(mapping);
            case SequenceNode sequence -> list(sequence);
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new IllegalStateException("there is a " + node.getNodeType() + node.getStartMark());
        };
    }

    private static Map<String, Object> mapping(MappingNode node) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        for (NodeTuple entry : node.getValue()) {
            mapping.put(((ScalarNode) entry.getKeyNode()).getValue(), value(entry.getValueNode()));
        }
        return mapping;
    }

    private static List<Object> list(SequenceNode node) {
        List<Object> list = new ArrayList<>();
        node.getValue().forEach(item -> list.add(value(item)));
        return list;
    }

    private static Object scalar(ScalarNode node) {
        if (node.getTag().equals(Tag.INT)) {
            return whole(Long.parseLong(node.getValue()));
        }
        if (node.getTag().equals(Tag.FLOAT)) {
            return Double.valueOf(node.getValue());
        }
        return node.getTag().equals(Tag.BOOL) ? Boolean.valueOf(node.getValue()) : node.getValue();
    }

    private static Object whole(long number) {
        return number == (int) number ? (Object) (int) number : (Object) number;
    }

    private static Map<String, Object> intrinsic(String name, Object argument) {
        return switch (name) {
            case "Ref" -> Intrinsic.ref((String) argument);
            case "GetAtt" -> Intrinsic.attribute((String) argument);
            default -> Intrinsic.function("Fn::" + name, argument);
        };
    }
}
