package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Carries what was found while reading a folder into the file that is uploaded, where the folder is no longer at hand. */
final class UploadedFindings {
    private static final String KEY = "x-slipway";

    private UploadedFindings() {}

    static List<Finding> of(Mapping root) {
        Mapping extension = Nodes.mappingOrEmpty(root, KEY);
        return Nodes.list(extension, "warnings").stream()
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .map(entry -> Finding.warning(
                        Nodes.text(entry, "subject").orElse("-"),
                        Nodes.text(entry, "message").orElse("")))
                .toList();
    }

    static Mapping add(Mapping root, List<Finding> findings) {
        if (findings.isEmpty()) {
            return root;
        }
        Sequence warnings = new Sequence(
                findings.stream()
                        .<YamlNode>map(finding -> entry(finding, root.at()))
                        .toList(),
                root.at());
        return root.with(KEY, new Mapping(Map.of("warnings", warnings), Map.of(), root.at()));
    }

    private static Mapping entry(Finding finding, Position at) {
        Map<String, YamlNode> entry = new LinkedHashMap<>();
        entry.put("subject", Scalar.string(finding.subject(), at));
        entry.put("message", Scalar.string(finding.message(), at));
        return new Mapping(entry, Map.of(), at);
    }
}
