package dev.slipway.compose.yaml;

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
}
