package dev.slipway.compose.yaml;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.List;

/**
 * One document of a file.
 *
 * @param resets places at which it says {@code !reset} or {@code !override}: nothing of an earlier file stays there
 */
public record Document(YamlNode root, List<TreePath> resets) {
    public Document {
        resets = List.copyOf(resets);
    }

    /** @throws dev.slipway.migration.exception.InvalidSpec if its top level is anything else */
    public Mapping mapping() {
        if (root instanceof Mapping mapping) {
            return mapping;
        }
        throw root.at().invalid("its top level is " + root.shape(), "write keys followed by a colon");
    }
}
