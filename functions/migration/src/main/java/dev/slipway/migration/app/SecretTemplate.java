package dev.slipway.migration.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.migration.exception.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in which a value that must not be written down stands as {@code ${NAME}}: a secret of the app, or a value that the
 * target will have, such as {@code ${target:postgres:host}}. A dollar sign of the text itself is doubled, as in a compose file.
 */
public record SecretTemplate(@JsonValue String text) implements Comparable<SecretTemplate> {
    private static final Pattern PART = Pattern.compile("\\$\\$|\\$\\{([A-Za-z_][A-Za-z0-9_:./+=@-]*)}");

    @JsonCreator
    public SecretTemplate {}

    /** Text without any reference. */
    public static SecretTemplate literal(String value) {
        return new SecretTemplate(value.replace("$", "$$"));
    }

    /** Nothing but a reference. */
    public static SecretTemplate reference(String name) {
        return new SecretTemplate("${" + name + "}");
    }

    /** The names referred to, in order, each once. */
    public List<String> references() {
        return PART.matcher(text)
                .results()
                .map(part -> part.group(1))
                .filter(name -> name != null)
                .distinct()
                .toList();
    }

    public boolean hasReferences() {
        return !references().isEmpty();
    }

    /** The name, where the text is one reference and nothing else. */
    public Optional<String> soleReference() {
        Matcher whole = PART.matcher(text);
        return whole.matches() ? Optional.ofNullable(whole.group(1)) : Optional.empty();
    }

    /** The text where it needs no value. */
    public Optional<String> plain() {
        return hasReferences() ? Optional.empty() : Optional.of(text.replace("$$", "$"));
    }

    /** The text with every value in place, unchanged. The result may be a secret. @throws InvalidInput if a value is missing */
    public String resolve(Map<String, String> values) {
        return resolve(values, UnaryOperator.identity());
    }

    /** As {@link #resolve(Map)}, each value passed through {@code encoding} first. */
    public String resolve(Map<String, String> values, UnaryOperator<String> encoding) {
        return replace(name -> encoding.apply(value(values, name)), "$");
    }

    /** The same text with some references replaced by other template text; the others stay. */
    public SecretTemplate rename(Function<String, SecretTemplate> replacement) {
        return new SecretTemplate(replace(name -> replacement.apply(name).text(), "$$"));
    }

    private String replace(UnaryOperator<String> ofName, String dollar) {
        return PART.matcher(text)
                .replaceAll(
                        part -> Matcher.quoteReplacement(part.group(1) == null ? dollar : ofName.apply(name(part))));
    }

    private static String name(MatchResult part) {
        return part.group(1);
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new InvalidInput(
                    "fill in ${" + name + "}",
                    "there is no value of that name",
                    "upload the app again with 'slipway app put', so that its secrets are stored");
        }
        return value;
    }

    @Override
    public int compareTo(SecretTemplate other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
