package dev.slipway.compose.variables;

import dev.slipway.compose.yaml.Position;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines {@code NAME=value} of an {@code .env} file, with the quoting and expansion that Docker Compose knows.
 *
 * @see <a href="https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax">Syntax</a>
 */
public final class DotEnv {
    private static final Pattern EXPORT = Pattern.compile("export\\s+");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([abcfnrtv$\"\\\\]|0[0-7]{0,3})");
    /** Blank, but the end of no line. */
    private static final String SPACES = " \t\u000b\f\r\u0085\u00a0";

    private final String file;
    private final String text;
    private final Function<String, Optional<String>> outer;
    private final Map<String, String> values = new TreeMap<>();
    private int at;

    private DotEnv(String file, String text, Function<String, Optional<String>> outer) {
        this.file = file;
        this.text = text;
        this.outer = outer;
    }

    /**
     * The file's variables; a value may refer to an earlier one or to one of {@code outer}.
     *
     * @throws dev.slipway.migration.exception.InvalidSpec naming the line, never a value
     */
    public static Map<String, String> read(String file, String text, Function<String, Optional<String>> outer) {
        DotEnv reader = new DotEnv(file, text, outer);
        while (reader.findsStatement()) {
            reader.statement();
        }
        return reader.values;
    }

    /** Lines whose values are taken as they stand, quotes and dollars included. */
    public static Map<String, String> readRaw(String text) {
        Map<String, String> values = new TreeMap<>();
        text.lines()
                .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> values.put(pair[0].strip(), pair[1]));
        return values;
    }

    private boolean findsStatement() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                at = endOfLine(at);
            } else if (c == '\n' || isSpace(c)) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private void statement() {
        Matcher export = EXPORT.matcher(text).region(at, text.length());
        if (export.lookingAt()) {
            at = export.end();
        }
        int start = at;
        while (at < text.length() && "=:\n".indexOf(text.charAt(at)) < 0) {
            if (!isOfName(text.charAt(at)) && !isSpace(text.charAt(at))) {
                throw invalid(start, "the line is not NAME=value", "write a variable's name, '=' and its value");
            }
            at++;
        }
        String name = text.substring(start, at).strip();
        if (name.contains(" ") || name.isEmpty()) {
            throw invalid(start, "the line is not NAME=value", "write a variable's name, '=' and its value");
        }
        boolean inherited = at == text.length() || text.charAt(at) == '\n';
        at++;
        if (inherited) {
            outer.apply(name).ifPresent(value -> values.put(name, value));
        } else {
            values.put(name, value());
        }
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || "_.-[]".indexOf(c) >= 0;
    }

    private static boolean isSpace(char c) {
        return SPACES.indexOf(c) >= 0;
    }

    private String value() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        char first = at < text.length() ? text.charAt(at) : '\n';
        return switch (first) {
            case '\'' -> quoted('\'');
            case '"' -> doubleQuoted();
            default -> bare();
        };
    }

    private String bare() {
        int start = at;
        int end = endOfLine(at);
        String value = text.substring(at, end).split(" #", 2)[0].stripTrailing();
        at = end;
        return expand(value, start);
    }

    private String doubleQuoted() {
        int start = at;
        return expand(
                ESCAPE.matcher(quoted('"')).replaceAll(found -> Matcher.quoteReplacement(escaped(found.group(1)))),
                start);
    }

    /** Up to the same quote; one with a backslash before it is part of the value. */
    private String quoted(char quote) {
        StringBuilder value = new StringBuilder();
        int start = at;
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                at = i + 1;
                return value.toString();
            }
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                value.append(next == quote ? "" : "\\").append(next);
            } else {
                value.append(c);
            }
        }
        throw invalid(start, "a quoted value has no end", "close it with " + quote);
    }

    private static String escaped(String sequence) {
        return switch (sequence.charAt(0)) {
            case 'a' -> "\u0007";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'v' -> "\u000b";
            case '$' -> "$$";
            case '"' -> "\"";
            case '\\' -> "\\";
            case '0' ->
                sequence.length() == 4
                        ? String.valueOf((char) Integer.parseInt(sequence.substring(1), 8))
                        : "\\" + sequence;
            default -> "\\" + sequence;
        };
    }

    private String expand(String value, int start) {
        return value.indexOf('$') < 0
                ? value
                : new Interpolation(position(start), Variables.plain(this::known))
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

    private RuntimeException invalid(int start, String failed, String remedy) {
        return position(start).invalid(failed, remedy);
    }

    private Position position(int start) {
        int line = 1
                + (int) text.substring(0, Math.min(start, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new Position(file, line);
    }
}
