package dev.slipway.local.router;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** What visitors of an app want. */
@FunctionalInterface
public interface Wishes {
    /**
     * One request.
     *
     * @param path with its leading slash, encoded
     * @param written what is posted there; empty where it is only read
     */
    record Wish(String path, Optional<String> written) {
        public static Wish read(String path) {
            return new Wish(path, Optional.empty());
        }

        public static Wish write(String path, String text) {
            return new Wish(path, Optional.of(text));
        }
    }

    Wish draw(RandomGenerator random);
}
