package dev.slipway.compose.origin;

import dev.slipway.migration.app.SecretTemplate;

/** Takes a secret's value away for Secrets Manager. */
@FunctionalInterface
public interface SecretKeeper {
    /** What stands in the value's place; {@code name} is what the secret is called after. */
    SecretTemplate keep(String name, String value);
}
