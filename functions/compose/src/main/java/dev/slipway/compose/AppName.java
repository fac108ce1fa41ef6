package dev.slipway.compose;

import dev.slipway.compose.yaml.Position;
import java.util.Locale;

/** An app's name: it becomes part of the names of a stack, a bucket and a secret. */
final class AppName {
    private static final String LEGAL = "[a-z][a-z0-9-]{0,38}[a-z0-9]";

    private AppName() {}

    static String checked(String name, Position at) {
        if (!name.matches(LEGAL)) {
            throw at.invalid(
                    "the app's name '" + name + "' cannot be used on AWS",
                    "write 2 to 40 small letters, digits and hyphens, beginning with a letter");
        }
        return name;
    }

    /** A legal name after that of a folder or of a compose project. */
    static String after(String text) {
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
        String name = plain.length() > 40 ? plain.substring(0, 40).replaceAll("-+$", "") : plain;
        return name.matches(LEGAL) ? name : "app";
    }
}
