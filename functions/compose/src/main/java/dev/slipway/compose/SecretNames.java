package dev.slipway.compose;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells by a variable's name, or by how its value looks, whether it is a secret. When in doubt it is. */
final class SecretNames {
    private static final Pattern WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
    private static final Set<String> SECRET = Set.of(
            "PASSWORD",
            "PASSWD",
            "PASSPHRASE",
            "PASS",
            "PWD",
            "PW",
            "SECRET",
            "SECRETS",
            "TOKEN",
            "KEY",
            "KEYS",
            "APIKEY",
            "CREDENTIAL",
            "CREDENTIALS",
            "DSN",
            "SALT",
            "PEPPER");
    /** Words that say something about a secret, such as its length. */
    private static final Set<String> ABOUT = Set.of(
            "FILE",
            "PATH",
            "DIR",
            "TTL",
            "EXPIRY",
            "EXPIRES",
            "EXPIRE",
            "EXPIRATION",
            "IN",
            "LENGTH",
            "ENABLED",
            "HEADER",
            "ALGORITHM",
            "ALG",
            "ROUNDS",
            "TYPE",
            "AGE",
            "LIFETIME",
            "SECONDS",
            "MINUTES",
            "HOURS",
            "DAYS",
            "PREFIX",
            "COUNT");

    private static final Pattern STORE_ADDRESS = Pattern.compile(
            "(?:jdbc:)?(?:postgres(?:ql)?|rediss?|valkeys?|mysql|mariadb|mongodb|amqps?)(?:\\+\\w+)?://(?:[^\\s/@:]*:[^\\s/@]*@)?[^\\s/@]+(?:/\\S*)?");
    /** What a shell sets, though it is called as a password often is. */
    private static final Set<String> WORKING_FOLDER = Set.of("PWD", "OLDPWD");

    /** Words joined by dashes, the last with a number at most, such as the name of a service or an option. */
    private static final Pattern NAME = Pattern.compile("-{0,2}[a-z]{2,}[-_][a-z_-]*+=?[0-9]{1,4}");

    private static final Pattern GLUED = Pattern.compile("(.*_)?(AUTH|COOKIE|SEED|SIGNING|LICENSE)"
            + "|.*(PASSWORD|PASSWD|SECRET|APIKEY|CLI_AUTH)"
            + "|.*(PG|DB|SQL|MAIL|SMTP|ROOT|ADMIN|USER|REDIS)PASS"
            + "|.*(ENCRYPTION|MASTER|ACCESS|PRIVATE|SIGNING|AUTH|LICENSE|ACCOUNT)KEY");
    private static final Pattern KNOWN_VALUE = Pattern.compile("(AKIA|ASIA)[0-9A-Z]{16}"
            + "|(sk|pk|rk)_(live|test)_[0-9A-Za-z]{8,}|gh[pousr]_[0-9A-Za-z]{20,}|github_pat_\\w{20,}|glpat-[\\w-]{16,}"
            + "|xox[abprs]-[0-9A-Za-z-]{8,}|AIza[\\w-]{30,}|SG\\.[\\w-]{10,}\\.[\\w-]{10,}|sk-[\\w-]{20,}"
            + "|eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*|(?s).*-----BEGIN [A-Z ]*PRIVATE KEY-----.*");
    private static final Pattern DENSE = Pattern.compile("[A-Za-z0-9+/=_-]{24,}");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[/_-]");
    /** Possessive: one that goes back goes down the stack with each word. */
    private static final Pattern WORD = Pattern.compile("([A-Z]+|[a-z]*+([A-Z][a-z]++)*+)[0-9]*");

    private static final double DENSE_BITS = 3.6;

    private SecretNames() {}

    /** Of an address of a store only the password is one: the rest is rewritten for the target. */
    static boolean isSecret(String name, String value) {
        return isSecret(name) && !STORE_ADDRESS.matcher(value).matches();
    }

    static boolean isSecret(String name) {
        String[] words = WORDS.split(name.toUpperCase(Locale.ROOT).equals(name) ? name : camel(name), -1);
        String last = words.length == 0 ? "" : words[words.length - 1];
        if (WORKING_FOLDER.contains(name)
                || ABOUT.contains(last)
                || name.toUpperCase(Locale.ROOT).contains("PUBLIC_KEY")) {
            return false;
        }
        for (String word : words) {
            if (SECRET.contains(word)) {
                return true;
            }
        }
        return GLUED.matcher(name.toUpperCase(Locale.ROOT)).matches();
    }

    /** Whether the value itself looks like a key or a token, whatever it is called. */
    static boolean looksSecret(String value) {
        return KNOWN_VALUE.matcher(value).matches() || isDense(value);
    }

    private static String camel(String name) {
        return WORDS.matcher(name).replaceAll("_").toUpperCase(Locale.ROOT);
    }

    private static boolean isDense(String value) {
        return DENSE.matcher(value).matches()
                && !isPath(value)
                && !NAME.matcher(value).matches()
                && value.chars().anyMatch(Character::isDigit)
                && value.chars().anyMatch(Character::isLetter)
                && bitsPerCharacter(value) > DENSE_BITS;
    }

    /** A path of words, such as a folder that is mounted; random text has digits and capitals within a word. */
    private static boolean isPath(String value) {
        return value.startsWith("/") && BETWEEN_WORDS.splitAsStream(value).allMatch(WORD.asMatchPredicate());
    }

    /** Shannon's entropy of the characters. */
    private static double bitsPerCharacter(String value) {
        return value.chars()
                .distinct()
                .mapToDouble(c -> value.chars().filter(other -> other == c).count() / (double) value.length())
                .map(share -> -share * Math.log(share) / Math.log(2))
                .sum();
    }
}
