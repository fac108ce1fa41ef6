package dev.slipway.compose.model;

import dev.slipway.compose.variables.Variables;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a compose file is read: the folder that its paths are seen from, what sets its variables, and the files that have led to it.
 *
 * @param shared what makes variables of values, for this file and all that it refers to
 */
record Scope(
        Path folder,
        Function<String, Optional<String>> values,
        Function<Function<String, Optional<String>>, Variables> shared,
        List<Path> including) {

    Variables variables() {
        return shared.apply(values);
    }

    Optional<String> home() {
        return values.apply("HOME");
    }
}
