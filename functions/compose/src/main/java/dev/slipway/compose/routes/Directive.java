package dev.slipway.compose.routes;

import java.util.ArrayList;
import java.util.List;

/**
 * A directive of an nginx configuration.
 *
 * @param from file and line
 * @param block what stands between its braces
 */
record Directive(String name, List<String> words, List<Directive> block, String from) {
    private static final int DEEPEST = 50;

    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    List<Directive> all(String wanted) {
        return block.stream().filter(inner -> inner.name.equals(wanted)).toList();
    }

    static List<Directive> parse(ConfigText file) {
        return new Parser(file).block(true);
    }

    /** @see <a href="https://nginx.org/en/docs/beginners_guide.html#conf_structure">the structure of the file</a> */
    private static final class Parser {
        private final ConfigText file;
        private final String text;
        private int at;
        private int line = 1;
        private int depth;

        Parser(ConfigText file) {
            this.file = file;
            this.text = file.text();
        }

        List<Directive> block(boolean outermost) {
            List<Directive> directives = new ArrayList<>();
            List<String> words = new ArrayList<>();
            int begun = line;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (Character.isWhitespace(c)) {
                    step();
                } else if (c == '#') {
                    comment();
                } else if (c == ';' || c == '{') {
                    at++;
                    add(directives, words, c == '{' ? inner() : List.of(), begun);
                } else if (c == '}') {
                    at++;
                    if (!outermost) {
                        break;
                    }
                } else {
                    begun = words.isEmpty() ? line : begun;
                    words.add(word());
                }
            }
            return directives;
        }

        /** What is nested deeper than any configuration is left out. */
        private List<Directive> inner() {
            depth++;
            List<Directive> inner = depth > DEEPEST ? List.of() : block(false);
            depth--;
            return inner;
        }

        private void add(List<Directive> directives, List<String> words, List<Directive> inner, int begun) {
            if (!words.isEmpty()) {
                directives.add(new Directive(
                        words.getFirst(),
                        List.copyOf(words.subList(1, words.size())),
                        inner,
                        file.name() + ":" + begun));
                words.clear();
            }
        }

        private String word() {
            char quote = text.charAt(at);
            return quote == '"' || quote == '\'' ? quoted(quote) : bare();
        }

        private String quoted(char quote) {
            StringBuilder word = new StringBuilder();
            step();
            while (at < text.length() && text.charAt(at) != quote) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    step();
                }
                word.append(text.charAt(at));
                step();
            }
            at++;
            return word.toString();
        }

        private String bare() {
            int start = at;
            while (at < text.length() && !ends(text.charAt(at))) {
                at += text.startsWith("${", at)
                        ? Math.max(1, text.indexOf('}', at) + 1 - at)
                        : text.charAt(at) == '\\' ? 2 : 1;
            }
            at = Math.min(at, text.length());
            return text.substring(start, at);
        }

        private static boolean ends(char c) {
            return Character.isWhitespace(c) || c == ';' || c == '{' || c == '}';
        }

        private void comment() {
            while (at < text.length() && text.charAt(at) != '\n') {
                at++;
            }
        }

        private void step() {
            line += text.charAt(at) == '\n' ? 1 : 0;
            at++;
        }
    }
}
