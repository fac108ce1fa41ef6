package dev.slipway.compose;

import dev.slipway.compose.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.AppSecrets;
import java.util.List;

/** A compose file after interpolation, with its secrets taken out. */
record ComposeModel(Mapping root, AppSecrets secrets, List<Finding> warnings) {
    ComposeModel {
        warnings = List.copyOf(warnings);
    }
}
