package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.app.SecretTemplate;
import java.util.List;

/** Reads command lines. */
final class Commands {
    private Commands() {}

    /** The words under a key such as {@code command} or {@code test}. */
    static List<SecretTemplate> words(Mapping owner, String key) {
        return Nodes.list(owner, key).stream()
                .map(word -> new SecretTemplate(Nodes.asText(key, word)))
                .toList();
    }
}
