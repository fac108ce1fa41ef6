package dev.slipway.compose;

import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.ScalarType;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.app.SecretTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes every literal secret out of an interpolated compose model, so that what is left may be written anywhere. */
final class SecretExtractor {
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*)=(?s)(.*)");
    /** Under these keys stand names of other things, never a secret itself. */
    private static final Set<String> STRUCTURE = Set.of(
            "secrets",
            "depends_on",
            "networks",
            "ports",
            "expose",
            "image",
            "container_name",
            "volumes",
            "name",
            "context",
            "dockerfile",
            "x-slipway");
    /** Under these keys everybody chooses names. */
    private static final Set<String> VALUES =
            Set.of("environment", "labels", "args", "options", "driver_opts", "annotations", "sysctls");

    private final SecretVault vault;
    private final SecretText text;

    SecretExtractor(SecretVault vault) {
        this.vault = vault;
        this.text = new SecretText(vault);
    }

    Mapping extract(Mapping root) {
        Mapping named = (Mapping) byKey(root, STRUCTURE);
        Mapping placed = (Mapping) byPlace(named, "", STRUCTURE);
        return (Mapping) new SecretScrubber(vault.values()).scrub(placed);
    }

    /** First, values that are secret by their key, so that the same value elsewhere takes the same name. */
    private YamlNode byKey(YamlNode node, Set<String> structure) {
        return switch (node) {
            case Mapping mapping ->
                map(
                        mapping,
                        (key, value) -> isSecret(key, value)
                                ? secret(key, (Scalar) value)
                                : structure.contains(key) ? value : byKey(value, below(structure, key)));
            case Sequence sequence -> each(sequence, item -> byKey(item, structure));
            case Scalar scalar -> assignment(scalar);
        };
    }

    private static Set<String> below(Set<String> structure, String key) {
        return VALUES.contains(key) ? Set.of() : structure;
    }

    private static boolean isSecret(String key, YamlNode value) {
        return value instanceof Scalar scalar
                && scalar.type() != ScalarType.NULL
                && scalar.type() != ScalarType.BOOLEAN
                && !scalar.text().isBlank()
                && !scalar.text().matches("(?i)true|false|yes|no|on|off")
                && SecretNames.isSecret(key, scalar.text());
    }

    private Scalar secret(String key, Scalar value) {
        return Scalar.string(text.whole(key, new SecretTemplate(value.text())).text(), value.at());
    }

    private Scalar assignment(Scalar scalar) {
        Matcher assignment = ASSIGNMENT.matcher(scalar.text());
        if (!assignment.matches()
                || !SecretNames.isSecret(assignment.group(1), assignment.group(2))
                || assignment.group(2).isBlank()) {
            return scalar;
        }
        String name = assignment.group(1);
        return scalar.withText(name + "="
                + text.whole(name, new SecretTemplate(assignment.group(2))).text());
    }

    /** Then, secrets inside of longer texts. */
    private YamlNode byPlace(YamlNode node, String owner, Set<String> structure) {
        return switch (node) {
            case Mapping mapping ->
                map(
                        mapping,
                        (key, value) -> structure.contains(key)
                                ? value
                                : byPlace(value, name(owner, key, value), below(structure, key)));
            case Sequence sequence -> arguments(sequence, owner, structure);
            case Scalar scalar
            when scalar.type() == ScalarType.STRING ->
                scalar.withText(
                        text.extract(owner, new SecretTemplate(scalar.text())).text());
            case Scalar scalar -> scalar;
        };
    }

    /** A variable names its secrets; keys such as {@code command} leave that to their service. */
    private static String name(String owner, String key, YamlNode value) {
        boolean variable = value instanceof Scalar && !key.matches("command|entrypoint|test|content");
        return variable || value instanceof Mapping ? key : owner;
    }

    private Sequence arguments(Sequence sequence, String owner, Set<String> structure) {
        List<YamlNode> items = new ArrayList<>();
        boolean secretNext = false;
        for (YamlNode item : sequence.items()) {
            if (secretNext && item instanceof Scalar scalar) {
                items.add(Scalar.string(
                        text.whole(owner + "_PASSWORD", new SecretTemplate(scalar.text()))
                                .text(),
                        scalar.at()));
            } else {
                items.add(byPlace(item, owner, structure));
            }
            secretNext = item instanceof Scalar scalar && SecretText.isSecretFlag(scalar.text());
        }
        return new Sequence(items, sequence.at());
    }

    private static Mapping map(Mapping mapping, Change change) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> entries.put(key, change.of(key, value)));
        return new Mapping(entries, mapping.keys(), mapping.at());
    }

    private static Sequence each(Sequence sequence, java.util.function.UnaryOperator<YamlNode> change) {
        return new Sequence(sequence.items().stream().map(change).toList(), sequence.at());
    }

    /** What becomes of one entry. */
    private interface Change {
        YamlNode of(String key, YamlNode value);
    }
}
