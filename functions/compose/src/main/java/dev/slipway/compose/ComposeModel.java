package dev.slipway.compose;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.AppSecrets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A compose model with its secrets taken out.
 *
 * @param facts what the files say that it names
 * @param variables what sets its variables
 */
record ComposeModel(
        Mapping root,
        FolderFacts facts,
        AppSecrets secrets,
        List<Finding> warnings,
        Function<String, Optional<String>> variables) {
    ComposeModel {
        warnings = List.copyOf(warnings);
    }
}
