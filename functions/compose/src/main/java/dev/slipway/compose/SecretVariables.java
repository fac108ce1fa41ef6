package dev.slipway.compose;

import dev.slipway.compose.variables.Variables;
import dev.slipway.compose.yaml.Position;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.SecretTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Variables of a compose file: a secret's value goes into the vault, and a reference into the text. */
final class SecretVariables implements Variables {
    private final Function<String, Optional<String>> values;
    private final SecretVault vault;
    /** By the variable: where it is used first. */
    private final Map<String, Finding> warnings = new LinkedHashMap<>();

    SecretVariables(Function<String, Optional<String>> values, SecretVault vault) {
        this.values = values;
        this.vault = vault;
    }

    @Override
    public Optional<String> value(String name) {
        return values.apply(name);
    }

    @Override
    public SecretTemplate known(String name, SecretTemplate value) {
        String revealed = vault.reveal(value);
        boolean secret =
                (SecretNames.isSecret(name, revealed) && !revealed.isBlank()) || SecretNames.looksSecret(revealed);
        return secret ? vault.put(name, revealed) : value;
    }

    @Override
    public SecretTemplate unset(String name, Position at) {
        if (SecretNames.isSecret(name)) {
            warn(name, at, "is not set and has no default: write it into .env before the app is uploaded");
            return SecretTemplate.reference(name);
        }
        warn(name, at, "is not set and has no default: it is taken as blank, as Docker Compose does");
        return SecretTemplate.literal("");
    }

    List<Finding> warnings() {
        return List.copyOf(warnings.values());
    }

    private void warn(String name, Position at, String message) {
        warnings.putIfAbsent(name, Finding.warning("variable " + name, message + " (" + at + ")"));
    }
}
