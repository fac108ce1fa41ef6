package dev.slipway.compose;

import dev.slipway.migration.app.SecretTemplate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes the secrets out of one text: passwords of URLs, {@code password=…} pairs and flags of a command line. */
final class SecretText {
    /** What a secret is called. */
    private static final String NAMES =
            "(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|account[_-]?key"
                    + "|private[_-]?key|encryption[_-]?key|signature|credentials?)";

    private static final String FLAGS = "--?(?:requirepass|masterauth|auth|(?:[\\w-]+-)?" + NAMES + ")";
    /** How the hash of a password begins. */
    private static final String HASH = "\\$\\$(?:apr1|2[abxy]|[156])\\$\\$";

    private static final String START = "(?:^|[?&;,{\\s\"'])";
    private static final List<Pattern> PLACES = Stream.of(
                    "[A-Za-z][A-Za-z0-9+.:-]*://[^\\s:/@]*:(?<secret>[^\\s/]+)@",
                    // name=value and name: value, as in connection strings, JSON, YAML and INI
                    "(?i)" + START + "[\\w.-]*" + NAMES + "[\\w-]*\\s?=\\s?(['\"])(?<secret>[^'\"]+)\\1",
                    "(?i)" + START + "[\\w.-]*" + NAMES + "[\\w-]*\\s?=\\s?(?<secret>[^&;,\\s'\"]+)",
                    "(?i)" + START + "[\\w.-]*" + NAMES + "[\"']?\\s*:\\s*([\"'])(?<secret>[^'\"]+)\\1",
                    "(?i)" + START + "[\\w.-]*" + NAMES + "[\"']?[ \\t]*:[ \\t]+(?<secret>\\$\\{[^}]*}|[^\\s\"',}]+)",
                    "(?i)Authorization:\\s*(?:Bearer|Basic|Token)\\s+(?<secret>[\\w.~+/=-]+)",
                    // a Redis' configuration, and lines of htpasswd
                    "(?:^|\\s)(?:requirepass|masterauth)\\s+[\"']?(?<secret>[^\\s\"']+)",
                    ":(?<secret>" + HASH + "[^\\s,\"']+)",
                    // command lines
                    "(?i)(?:^|\\s)" + FLAGS + "(?:=|\\s+)[\"']?(?<secret>[^\\s\"']+)",
                    "redis-cli\\b.*?\\s-a\\s+[\"']?(?<secret>[^\\s\"']+)",
                    "\\bcurl\\b[^|&;]*?\\s(?:-u|--user)[ =]?[\"']?[^\\s:\"']+:(?<secret>[^\\s\"']+)",
                    "\\b(?:mysql|mariadb)(?:dump|-dump|admin|-admin)?\\b[^|&;]*?\\s-p[\"']?(?<secret>[^\\s\"']+)",
                    // what a URL opens to whoever knows it, such as a webhook
                    "https?://[^\\s\"'?#]*/(?<secret>(?=[\\w-]*[0-9])(?=[\\w-]*[a-z])(?=[\\w-]*[A-Z])[\\w-]{20,})")
            .map(Pattern::compile)
            .toList();

    private static final Pattern FLAG = Pattern.compile("(?i)" + FLAGS);

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
        return new SecretTemplate(place.matcher(text.text()).replaceAll(found -> {
            int begin = found.start("secret") - found.start();
            int end = found.end("secret") - found.start();
            String all = found.group();
            return Matcher.quoteReplacement(
                    all.substring(0, begin) + replacement(name, found.group("secret")) + all.substring(end));
        }));
    }

    private String replacement(String name, String secret) {
        String called = SecretNames.isSecret(name) ? name : name + "_PASSWORD";
        // What begins so is expanded by the shell.
        return secret.startsWith("$$") && !secret.matches(HASH + ".*")
                ? secret
                : whole(called, new SecretTemplate(secret)).text();
    }
}
