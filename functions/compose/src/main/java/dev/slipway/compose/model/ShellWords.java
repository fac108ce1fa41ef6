package dev.slipway.compose.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a command as Docker Compose does: at spaces, with quotes and backslashes, and no further than what only a shell understands.
 *
 * @see <a href="https://pkg.go.dev/github.com/mattn/go-shellwords">go-shellwords</a>
 */
public final class ShellWords {
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private boolean escaped;
    private boolean doubled;
    private boolean single;
    private boolean back;
    private boolean dollar;

    private ShellWords() {}

    /** Empty where a quote is not closed, or where a bracket stands that only a shell understands. */
    public static Optional<List<String>> split(String text) {
        ShellWords split = new ShellWords();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (split.endsAt(c)) {
                break;
            }
            if (!split.take(c)) {
                return Optional.empty();
            }
        }
        if (split.escaped || split.isQuoted()) {
            return Optional.empty();
        }
        split.end();
        return Optional.of(split.words);
    }

    private boolean isQuoted() {
        return single || doubled || back || dollar;
    }

    private boolean endsAt(char c) {
        if (escaped || isQuoted() || ";&|<>".indexOf(c) < 0) {
            return false;
        }
        // The number of a stream that is redirected is no word.
        if (c == '>' && !word.isEmpty() && Character.isDigit(word.charAt(0))) {
            begun = false;
        }
        return true;
    }

    /** Whether it could be understood. */
    private boolean take(char c) {
        if (escaped) {
            escaped = false;
            append(c);
        } else if (c == '\\' && !single) {
            escaped = true;
        } else if (" \t\r\n".indexOf(c) >= 0 && !isQuoted()) {
            end();
        } else if (c == '(' && !single && !doubled && !back) {
            return bracket();
        } else if (c == '"' && !single && !dollar) {
            begun |= doubled;
            doubled = !doubled;
        } else if (c == '\'' && !doubled && !dollar) {
            begun |= single;
            single = !single;
        } else {
            back ^= c == '`' && !single && !doubled && !dollar;
            dollar ^= c == ')' && !single && !doubled && !back;
            word.append(c);
            // Spaces between quotes begin no word by themselves.
            begun |= " \t\r\n\\".indexOf(c) < 0;
        }
        return true;
    }

    private boolean bracket() {
        if (dollar || !word.toString().endsWith("$")) {
            return false;
        }
        dollar = true;
        word.append('(');
        return true;
    }

    private void append(char c) {
        word.append(c);
        begun = true;
    }

    private void end() {
        if (begun) {
            words.add(word.toString());
            word.setLength(0);
            begun = false;
        }
    }
}
