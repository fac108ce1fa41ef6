package dev.slipway.redis.replication;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A command as a server sends it to its replicas, with what it did rather than what it was told: expiries are moments, scripts are
 * what they wrote.
 *
 * @param words the command's name and its arguments
 * @param end the place behind it
 */
public record Change(List<byte[]> words, StreamPosition end) {
    public Change {
        words = List.copyOf(words);
    }

    /** In capitals. */
    public String name() {
        return word(0).toUpperCase(Locale.ROOT);
    }

    public String word(int index) {
        return index < words.size() ? new String(words.get(index), StandardCharsets.ISO_8859_1) : "";
    }
}
