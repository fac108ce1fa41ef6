package dev.slipway.objects.place;

import java.util.Optional;

/**
 * A run of keys in the order of {@link KeyOrder}.
 *
 * @param after the keys are greater than this; empty for all from the first
 * @param last the greatest key that may be in it; empty for all to the end
 */
public record KeyRange(String after, Optional<String> last) {
    public static final KeyRange ALL = new KeyRange("", Optional.empty());

    public static KeyRange after(String key) {
        return new KeyRange(key, Optional.empty());
    }

    public boolean contains(String key) {
        return !isBefore(key) && !isPast(key);
    }

    /** Whether the range begins after the key. */
    public boolean isBefore(String key) {
        return !after.isEmpty() && KeyOrder.INSTANCE.compare(key, after) <= 0;
    }

    /** Whether the range ends before the key. */
    public boolean isPast(String key) {
        return last.isPresent() && KeyOrder.INSTANCE.compare(key, last.get()) > 0;
    }

    /** Whether a key that starts with the prefix may be in it. */
    boolean meets(String prefix) {
        boolean allBefore = isBefore(prefix) && !after.startsWith(prefix);
        return !allBefore && !isPast(prefix);
    }

    /** What is left of the range after a key of it. */
    public KeyRange from(String key) {
        return new KeyRange(key, last);
    }
}
