package dev.slipway.report.plan;

import dev.slipway.migration.app.SecretTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A piece of a variable's value: text, a secret of the app, or what the target will turn out to have. */
public record ValuePart(Kind kind, String text) {
    private static final String TARGET = "target:";
    private static final Pattern ADDRESS =
            Pattern.compile("\\$\\{target:([^:}]+):login}\\$\\{target:\\1:host}:\\$\\{target:\\1:port}");

    /** No YAML file can hold it. */
    private static final String MARK = "\0";

    /** What a piece is. */
    public enum Kind {
        TEXT,
        SECRET,
        TARGET
    }

    /** All pieces in order. What the target will have is named by store and part, e.g. {@code postgres host}. */
    public static List<ValuePart> of(SecretTemplate value) {
        List<ValuePart> parts = new ArrayList<>();
        boolean reference = false;
        SecretTemplate shorter = shorter(value, "\\${target:$1:login@host:port}");
        for (String piece : filled(shorter, name -> MARK + name + MARK).split(MARK, -1)) {
            if (reference) {
                parts.add(reference(piece));
            } else if (!piece.isEmpty()) {
                parts.add(new ValuePart(Kind.TEXT, piece));
            }
            reference = !reference;
        }
        return List.copyOf(parts);
    }

    /** In one line, the target's login, host and port as one: {@code postgresql://<postgres>/shop}. */
    public static String line(SecretTemplate value) {
        return filled(shorter(value, "\\${target:$1}"), name -> {
            ValuePart part = reference(name);
            return part.kind() == Kind.TARGET ? "<" + part.text() + ">" : "${" + name + "}";
        });
    }

    private static SecretTemplate shorter(SecretTemplate value, String address) {
        return new SecretTemplate(ADDRESS.matcher(value.text()).replaceAll(address));
    }

    private static ValuePart reference(String name) {
        return name.startsWith(TARGET)
                ? new ValuePart(Kind.TARGET, name.substring(TARGET.length()).replaceFirst(":", " "))
                : new ValuePart(Kind.SECRET, name);
    }

    private static String filled(SecretTemplate value, UnaryOperator<String> words) {
        Map<String, String> all = value.references().stream().collect(Collectors.toMap(Function.identity(), words));
        return value.resolve(all);
    }
}
