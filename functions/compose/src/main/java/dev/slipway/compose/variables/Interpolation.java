package dev.slipway.compose.variables;

import dev.slipway.compose.yaml.Position;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Optional;

/**
 * Docker Compose's interpolation: {@code $A}, {@code ${A}}, {@code ${A:-b}}, {@code ${A-b}}, {@code ${A:?why}}, {@code ${A?why}},
 * {@code ${A:+c}}, {@code ${A+c}} and {@code $$}, nested to any depth.
 *
 * @see <a href="https://docs.docker.com/reference/compose-file/interpolation/">Interpolation</a>
 */
public final class Interpolation {
    private static final int MAX_DEPTH = 50;

    private final Position position;
    private final Variables variables;

    public Interpolation(Position position, Variables variables) {
        this.position = position;
        this.variables = variables;
    }

    /** The text with its variables replaced. */
    public SecretTemplate template(String text) {
        return new SecretTemplate(expand(text, 0));
    }

    private String expand(String text, int depth) {
        if (depth > MAX_DEPTH) {
            throw position.invalid("its variables are nested too deeply", "set a variable for the inner part");
        }
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int dollar = text.indexOf('$', at);
            if (dollar < 0) {
                return result.append(text, at, text.length()).toString();
            }
            result.append(text, at, dollar);
            at = variable(text, dollar + 1, result, depth);
        }
        return result.toString();
    }

    /** Appends what the variable at {@code start} stands for and returns the index after it. */
    private int variable(String text, int start, StringBuilder result, int depth) {
        char first = start < text.length() ? text.charAt(start) : ' ';
        if (first == '$') {
            result.append("$$");
            return start + 1;
        }
        if (first == '{') {
            int end = closing(text, start + 1);
            result.append(braced(text.substring(start + 1, end), depth).text());
            return end + 1;
        }
        int end = nameEnd(text, start);
        if (end == start) {
            // A dollar that begins no variable is one, as Docker Compose has it.
            result.append("$$");
            return end;
        }
        result.append(value(text.substring(start, end)).text());
        return end;
    }

    private int closing(String text, int start) {
        int open = 1;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '}' && --open == 0) {
                return i;
            }
            if (c == '{') {
                open++;
                i++;
            }
        }
        int last = text.lastIndexOf('}');
        if (last >= start) {
            return last;
        }
        throw position.invalid("a '${' is never closed", "add the missing '}', or write '$$' for a dollar sign");
    }

    private static int nameEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isNamePart(text.charAt(end), end == start)) {
            end++;
        }
        return end;
    }

    private static boolean isNamePart(char c, boolean first) {
        boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
        return letter || (!first && c >= '0' && c <= '9');
    }

    private SecretTemplate braced(String inside, int depth) {
        int end = nameEnd(inside, 0);
        String name = inside.substring(0, end);
        String rest = inside.substring(end);
        if (name.isEmpty()) {
            throw position.invalid("'${' is not followed by a variable's name", "write ${NAME}");
        }
        if (rest.isEmpty()) {
            return value(name);
        }
        boolean colon = rest.charAt(0) == ':' && rest.length() > 1;
        Optional<String> value = variables.value(name).filter(set -> !colon || !set.isEmpty());
        String word = rest.substring(colon ? 2 : 1);
        return switch (rest.charAt(colon ? 1 : 0)) {
            case '-' -> value.isPresent() ? value(name) : fallback(name, word, depth);
            case '+' -> new SecretTemplate(value.isPresent() ? expand(word, depth + 1) : "");
            case '?' -> required(name, value.isPresent(), word);
            default ->
                throw position.invalid(
                        "${" + name + "…} has an unknown operator", "use one of :- - :? ? :+ + after the name");
        };
    }

    private SecretTemplate fallback(String name, String word, int depth) {
        SecretTemplate value = new SecretTemplate(expand(word, depth + 1));
        return value.soleReference().isPresent() ? value : variables.known(name, value);
    }

    private SecretTemplate required(String name, boolean present, String why) {
        if (!present) {
            throw position.invalid(
                    "the required variable " + name + " is not set" + (why.isEmpty() ? "" : " (" + why + ")"),
                    "set " + name + " in .env");
        }
        return value(name);
    }

    private SecretTemplate value(String name) {
        return variables
                .value(name)
                .map(value -> variables.known(name, SecretTemplate.literal(value)))
                .orElseGet(() -> variables.unset(name, position));
    }
}
