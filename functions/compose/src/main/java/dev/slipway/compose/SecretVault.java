package dev.slipway.compose;

import dev.slipway.migration.app.AppSecrets;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes secrets out of a model: gives each value a name, and remembers it for Secrets Manager. */
final class SecretVault {
    private final Map<String, String> values = new TreeMap<>();

    /** A reference to the value under this name, or under one like it where the name has another value. */
    SecretTemplate put(String name, String value) {
        String wanted = variable(name);
        String free = wanted;
        for (int other = 2; !values.getOrDefault(free, value).equals(value); other++) {
            free = wanted + "_" + other;
        }
        values.put(free, value);
        return SecretTemplate.reference(free);
    }

    /** As {@link #put}, but under the name that the value already has, if any. */
    SecretTemplate putOrReuse(String name, String value) {
        return named(value).map(SecretTemplate::reference).orElseGet(() -> put(name, value));
    }

    private Optional<String> named(String value) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The text with every secret in place. What is not known stays a reference. */
    String reveal(SecretTemplate template) {
        return template.rename(name -> Optional.ofNullable(values.get(name))
                        .map(SecretTemplate::literal)
                        .orElse(SecretTemplate.reference(name)))
                .text()
                .replace("$$", "$");
    }

    Map<String, String> values() {
        return Map.copyOf(values);
    }

    AppSecrets secrets() {
        return new AppSecrets(values);
    }

    private static String variable(String name) {
        String upper =
                name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_").replaceAll("^_+|_+$", "");
        return upper.isEmpty() || Character.isDigit(upper.charAt(0)) ? "SECRET_" + upper : upper;
    }
}
