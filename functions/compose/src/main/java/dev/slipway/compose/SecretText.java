package dev.slipway.compose;

import dev.slipway.migration.app.SecretTemplate;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the secrets out of one text: passwords of URLs, {@code password=…} pairs and flags of a command line. */
final class SecretText {
    /** Each pattern: what stands before the secret, the secret, what stands after it. */
    private static final List<Pattern> PLACES = List.of(
            Pattern.compile("([A-Za-z][A-Za-z0-9+.:-]*://[^\\s:/@]*:)([^\\s/]+)(@)"),
            Pattern.compile(
                    "(?i)((?:^|[?&;,\\s\"'])[\\w.-]*(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|signature)[\\w-]*=)"
                            + "([^&;,\\s'\"]+)()"),
            Pattern.compile(
                    "(?i)((?:^|\\s)--?(?:requirepass|masterauth|pass(?:word|wd)?|token|secret|api-?key|auth)(?:=|\\s+)[\"']?)"
                            + "([^\\s\"']+)()"),
            Pattern.compile("(redis-cli\\b.*?\\s-a\\s+[\"']?)([^\\s\"']+)()"));

    private static final Pattern FLAG =
            Pattern.compile("(?i)--?(?:requirepass|masterauth|pass(?:word|wd)?|token|secret|api-?key|auth)");

    private final SecretVault vault;

    SecretText(SecretVault vault) {
        this.vault = vault;
    }

    /** The text without its secrets; {@code name} is what they are called after. */
    SecretTemplate extract(String name, SecretTemplate text) {
        Optional<String> whole = text.plain().filter(SecretNames::looksSecret);
        if (whole.isPresent()) {
            return vault.putOrReuse(name, whole.get());
        }
        SecretTemplate result = text;
        for (Pattern place : PLACES) {
            result = extract(name, result, place);
        }
        return result;
    }

    /** The text as one secret, unless it is one already. */
    SecretTemplate whole(String name, SecretTemplate text) {
        return text.soleReference().isPresent() ? text : vault.putOrReuse(name, vault.reveal(text));
    }

    /** Whether the next argument of a command line is a secret. */
    static boolean isSecretFlag(String argument) {
        return FLAG.matcher(argument).matches();
    }

    private SecretTemplate extract(String name, SecretTemplate text, Pattern place) {
        return new SecretTemplate(place.matcher(text.text())
                .replaceAll(
                        found -> Matcher.quoteReplacement(found.group(1) + replacement(name, found) + found.group(3))));
    }

    private String replacement(String name, MatchResult found) {
        SecretTemplate secret = new SecretTemplate(found.group(2));
        boolean expandedByTheShell = secret.text().startsWith("$$");
        String called = SecretNames.isSecret(name) ? name : name + "_PASSWORD";
        return expandedByTheShell ? secret.text() : whole(called, secret).text();
    }
}
