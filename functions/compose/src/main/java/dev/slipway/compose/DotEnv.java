package dev.slipway.compose;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the lines {@code NAME=value} of an {@code .env} file, with the quoting and expansion that Docker Compose knows. */
final class DotEnv {
    private final String file;
    private final String text;
    private final Function<String, Optional<String>> outer;
    private final Map<String, String> values = new TreeMap<>();
    private int at;

    private DotEnv(String file, String text, Function<String, Optional<String>> outer) {
        this.file = file;
        this.text = text.replace("\r\n", "\n");
        this.outer = outer;
    }

    /**
     * The file's variables; a value may refer to an earlier one or to one of {@code outer}.
     *
     * @throws dev.slipway.migration.exception.InvalidSpec naming the line, never a value
     */
    static Map<String, String> read(String file, String text, Function<String, Optional<String>> outer) {
        DotEnv reader = new DotEnv(file, text, outer);
        while (reader.at < reader.text.length()) {
            reader.line();
        }
        return reader.values;
    }

    private void line() {
        int end = endOfLine(at);
        String line = text.substring(at, end).strip();
        if (line.isEmpty() || line.startsWith("#")) {
            at = end + 1;
            return;
        }
        int equals = text.indexOf('=', at);
        String declared = equals < 0 || equals > end ? line : text.substring(at, equals);
        String name = declared.strip().replaceFirst("^export\\s+", "");
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
            throw position().invalid("the line is not NAME=value", "write a variable's name, '=' and its value");
        }
        if (equals < 0 || equals > end) {
            outer.apply(name).ifPresent(value -> values.put(name, value));
            at = end + 1;
        } else {
            at = equals + 1;
            values.put(name, value());
        }
    }

    private String value() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        char quote = at < text.length() ? text.charAt(at) : '\n';
        return switch (quote) {
            case '\'' -> quoted('\'');
            case '"' -> expand(unescape(quoted('"')));
            default -> expand(bare());
        };
    }

    private String bare() {
        int end = endOfLine(at);
        String value = text.substring(at, end).replaceFirst("(^|\\s)#.*$", "").strip();
        at = end + 1;
        return value;
    }

    private String quoted(char quote) {
        int start = at + 1;
        int end = start;
        while (end < text.length() && text.charAt(end) != quote) {
            end += quote == '"' && text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw position().invalid("a quoted value has no end", "close it with " + quote);
        }
        at = endOfLine(end) + 1;
        return text.substring(start, end);
    }

    private static String unescape(String value) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\\' || i + 1 == value.length()) {
                plain.append(c);
            } else {
                plain.append(escaped(value.charAt(++i)));
            }
        }
        return plain.toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"', '\\' -> String.valueOf(c);
            case '$' -> "$$";
            default -> "\\" + c;
        };
    }

    private String expand(String value) {
        return value.indexOf('$') < 0
                ? value
                : new Interpolation(position(), Variables.plain(this::known))
                        .template(value)
                        .plain()
                        .orElse("");
    }

    private Optional<String> known(String name) {
        return outer.apply(name).or(() -> Optional.ofNullable(values.get(name)));
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private Position position() {
        int line = 1
                + (int) text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new Position(file, line);
    }
}
