package dev.slipway.compose.origin;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import java.util.List;

/** An app that was described in another way, as a compose model in its long form, and what that does not hold. */
public record Translation(Mapping model, Origin origin, List<Finding> findings) {
    public Translation {
        findings = List.copyOf(findings);
    }
}
