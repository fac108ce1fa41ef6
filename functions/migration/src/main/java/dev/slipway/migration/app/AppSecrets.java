package dev.slipway.migration.app;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The values that an app's templates refer to: for Secrets Manager and nowhere else. Prints only the names. */
public record AppSecrets(Map<String, String> values) {
    public AppSecrets {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    @Override
    public String toString() {
        return "AppSecrets" + values.keySet();
    }
}
