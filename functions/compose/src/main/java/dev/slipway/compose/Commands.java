package dev.slipway.compose;

import dev.slipway.compose.YamlNode.Mapping;
import dev.slipway.compose.YamlNode.Sequence;
import dev.slipway.migration.app.SecretTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads command lines. */
final class Commands {
    private static final Pattern WORD =
            Pattern.compile("(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|\\\\(.)|([^\\s\"'\\\\]))");

    private Commands() {}

    /** The words of {@code command} or {@code entrypoint}: Compose splits a text as a shell would, but runs none. */
    static List<SecretTemplate> words(Mapping service, String key) {
        return read(service, key, Commands::split);
    }

    /** A health check: a text is run by a shell. */
    static List<SecretTemplate> test(Mapping check) {
        return read(check, "test", text -> List.of("CMD-SHELL", text));
    }

    private static List<SecretTemplate> read(Mapping owner, String key, Function<String, List<String>> ofText) {
        return owner
                .get(key)
                .map(value -> value instanceof Sequence sequence
                        ? sequence.items().stream()
                                .map(item -> Nodes.asText(key, item))
                                .toList()
                        : ofText.apply(Nodes.asText(key, value)))
                .orElse(List.of())
                .stream()
                .map(SecretTemplate::new)
                .toList();
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        Matcher part = WORD.matcher(text);
        int at = 0;
        boolean open = false;
        while (part.find()) {
            if (open && part.start() > at) {
                words.add(word.toString());
                word.setLength(0);
            }
            word.append(content(part));
            open = true;
            at = part.end();
        }
        if (open) {
            words.add(word.toString());
        }
        return words;
    }

    private static String content(Matcher part) {
        if (part.group(1) != null) {
            return part.group(1).replaceAll("\\\\([\"\\\\$`])", "$1");
        }
        return part.group(2) != null ? part.group(2) : part.group(3) != null ? part.group(3) : part.group(4);
    }
}
