package dev.slipway.compose;

import dev.slipway.compose.origin.Origin;
import dev.slipway.compose.origin.Translation;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;
import dev.slipway.migration.app.AppSecrets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A compose model with its secrets taken out.
 *
 * @param facts what the files say that it names
 * @param variables what sets its variables
 * @param origin what it was before it was a compose model
 */
record ComposeModel(
        Mapping root,
        FolderFacts facts,
        AppSecrets secrets,
        List<Finding> warnings,
        Function<String, Optional<String>> variables,
        Origin origin) {
    ComposeModel {
        // Blockers last, as they are uploaded.
        warnings = warnings.stream()
                .sorted(Comparator.comparing(finding -> finding.severity() == Severity.BLOCKER))
                .toList();
    }

    /** Of what was described in another way; {@code vault} has the secrets that were seen there. */
    static ComposeModel of(
            Translation translation,
            FolderFacts facts,
            SecretVault vault,
            Function<String, Optional<String>> variables,
            List<Finding> warnings) {
        Mapping root = new SecretExtractor(vault).extract(translation.model());
        List<Finding> all = new ArrayList<>(warnings);
        all.addAll(translation.findings());
        facts.findings().forEach(finding -> all.add(ComposeReader.withoutSecrets(vault, finding)));
        return new ComposeModel(root, facts, vault.secrets(), all, variables, translation.origin());
    }
}
