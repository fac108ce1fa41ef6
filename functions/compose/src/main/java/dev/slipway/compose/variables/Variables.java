package dev.slipway.compose.variables;

import dev.slipway.compose.yaml.Position;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Optional;
import java.util.function.Function;

/** Where interpolation finds its variables, and what it writes in their place. */
public interface Variables {
    /** The value, empty where the variable is not set. */
    Optional<String> value(String name);

    /** What stands in the text for a variable that has this value. */
    SecretTemplate known(String name, SecretTemplate value);

    /** What stands in the text for a variable that has none. */
    SecretTemplate unset(String name, Position at);

    /** Values go in as they are; what is not set is blank. */
    static Variables plain(Function<String, Optional<String>> values) {
        return new Variables() {
            @Override
            public Optional<String> value(String name) {
                return values.apply(name);
            }

            @Override
            public SecretTemplate known(String name, SecretTemplate value) {
                return value;
            }

            @Override
            public SecretTemplate unset(String name, Position at) {
                return SecretTemplate.literal("");
            }
        };
    }

    /** Every variable stays a reference, as in a file that Slipway itself has written. */
    static Variables references() {
        return new Variables() {
            @Override
            public Optional<String> value(String name) {
                return Optional.empty();
            }

            @Override
            public SecretTemplate known(String name, SecretTemplate value) {
                return value;
            }

            @Override
            public SecretTemplate unset(String name, Position at) {
                return SecretTemplate.reference(name);
            }
        };
    }
}
