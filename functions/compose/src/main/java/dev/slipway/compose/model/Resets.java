package dev.slipway.compose.model;

import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes away what a later file resets or overrides. */
final class Resets {
    private Resets() {}

    static YamlNode apply(YamlNode node, TreePath path, List<TreePath> resets) {
        if (resets.isEmpty() || !(node instanceof Mapping mapping)) {
            return node;
        }
        Map<String, YamlNode> left = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> {
            TreePath place = path.next(key);
            if (resets.stream().noneMatch(place::matches)) {
                left.put(key, apply(value, place, resets));
            }
        });
        return Trees.mapping(mapping, left);
    }
}
