package dev.slipway.planning;

import dev.slipway.migration.app.SecretTemplate;
import java.util.regex.Pattern;

/** Tells whether a template's value will be a secret. */
final class Secrecy {
    /** Of what the target will have, these parts hold a password. */
    private static final Pattern TARGET_SECRET = Pattern.compile("target:.*:(url|password|login)");

    private Secrecy() {}

    static boolean isSecret(SecretTemplate value) {
        return value.references().stream().anyMatch(Secrecy::isSecret);
    }

    private static boolean isSecret(String reference) {
        return !reference.startsWith("target:")
                || TARGET_SECRET.matcher(reference).matches();
    }
}
