package dev.slipway.objects.place;

import java.util.List;
import java.util.Optional;

/** What a place tells of its keys without listing them all. */
interface KeyLevels {
    /** What is right below a prefix. */
    KeyLevel level(String prefix);

    /** The first key that is greater. */
    Optional<String> firstAfter(String key);

    /**
     * What is right below a prefix.
     *
     * @param folders the prefix and what follows it up to the next slash, in order
     * @param keys those without a further slash, or some of very many, in order
     * @param whole whether there are no more of either
     */
    record KeyLevel(List<String> folders, List<String> keys, boolean whole) {
        public KeyLevel {
            folders = List.copyOf(folders);
            keys = List.copyOf(keys);
        }
    }
}
