package dev.slipway.compose.routes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a Caddyfile into its directives: one a line, a block between braces. */
final class CaddyText {
    private static final Pattern VARIABLE = Pattern.compile("\\{(?:\\$|env\\.)(\\w+)(?::([^}]*))?}");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|`([^`]*)`|(\\S+)");

    private CaddyText() {}

    /** @param environment fills in {@code {$NAME}} */
    static List<Directive> parse(ConfigText file, Map<String, String> environment) {
        Deque<List<Directive>> open = new ArrayDeque<>();
        open.push(new ArrayList<>());
        int number = 0;
        for (String line : file.text().split("\n", -1)) {
            number++;
            List<String> words = words(filled(line, environment));
            boolean opens = !words.isEmpty() && words.getLast().equals("{");
            if (words.equals(List.of("}"))) {
                if (open.size() > 1) {
                    open.pop();
                }
            } else if (!words.isEmpty()) {
                List<String> own = opens ? words.subList(0, words.size() - 1) : words;
                List<Directive> block = new ArrayList<>();
                open.element()
                        .add(new Directive(
                                own.isEmpty() ? "" : own.getFirst(),
                                own.isEmpty() ? List.of() : List.copyOf(own.subList(1, own.size())),
                                block,
                                file.name() + ":" + number));
                if (opens) {
                    open.push(block);
                }
            }
        }
        return open.getLast();
    }

    private static String filled(String line, Map<String, String> environment) {
        return VARIABLE.matcher(line).replaceAll(found -> {
            String otherwise = found.group(2) == null ? "" : found.group(2);
            return Matcher.quoteReplacement(environment.getOrDefault(found.group(1), otherwise));
        });
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find() && !word.group().startsWith("#")) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }
}
