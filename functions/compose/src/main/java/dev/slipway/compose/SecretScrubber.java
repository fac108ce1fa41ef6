package dev.slipway.compose;

import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces copies of a known secret wherever they stand: in a label, a comment of a command, a logging option. A value that is an
 * ordinary word ({@code postgres} as a password) is left alone, because it is in the image's name too.
 */
final class SecretScrubber {
    private static final int SHORTEST = 8;
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*}");

    private final List<Map.Entry<String, String>> secrets;

    SecretScrubber(Map<String, String> values) {
        secrets = values.entrySet().stream()
                .filter(entry -> isDistinct(entry.getValue()))
                .map(entry -> Map.entry(
                        SecretTemplate.literal(entry.getValue()).text(),
                        SecretTemplate.reference(entry.getKey()).text()))
                .sorted(Comparator.comparingInt((Map.Entry<String, String> entry) ->
                                -entry.getKey().length())
                        .thenComparing(Map.Entry::getValue))
                .toList();
    }

    YamlNode scrub(YamlNode node) {
        return switch (node) {
            case Mapping mapping -> {
                Map<String, YamlNode> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> entries.put(key, scrub(value)));
                yield new Mapping(entries, mapping.keys(), mapping.at());
            }
            case Sequence sequence ->
                new Sequence(sequence.items().stream().map(this::scrub).toList(), sequence.at());
            case Scalar scalar -> scalar.withText(scrub(scalar.text()));
        };
    }

    /** The same of a text that is no node. */
    String scrubbed(String text) {
        return scrub(text);
    }

    private String scrub(String text) {
        StringBuilder clean = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        int at = 0;
        while (reference.find()) {
            clean.append(scrubLiteral(text.substring(at, reference.start()))).append(reference.group());
            at = reference.end();
        }
        return clean.append(scrubLiteral(text.substring(at))).toString();
    }

    private String scrubLiteral(String text) {
        String clean = text;
        for (Map.Entry<String, String> secret : secrets) {
            clean = clean.replace(secret.getKey(), secret.getValue());
        }
        return clean;
    }

    private static boolean isDistinct(String value) {
        return value.length() >= SHORTEST && !value.matches("[0-9]{1,10}|[a-z]++([-_][a-z]++)*+");
    }
}
