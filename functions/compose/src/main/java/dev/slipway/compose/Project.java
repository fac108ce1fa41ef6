package dev.slipway.compose;

import java.util.Optional;
import java.util.function.Function;

/** What a compose file may refer to outside of itself. */
interface Project {
    /** The content of a file that the compose file names; empty where there is none. */
    Optional<String> read(String path, Position at);

    /** The path on the machine that runs the app. */
    String absolute(String path);

    /** Variables of the shell and of {@code .env}; empty where variables are to stay references. */
    Optional<Function<String, Optional<String>>> variables();

    /** A file that Slipway has written: complete in itself, with references in place of secrets. */
    static Project uploaded() {
        return new Project() {
            @Override
            public Optional<String> read(String path, Position at) {
                return Optional.empty();
            }

            @Override
            public String absolute(String path) {
                return path;
            }

            @Override
            public Optional<Function<String, Optional<String>>> variables() {
                return Optional.empty();
            }
        };
    }
}
