package dev.slipway.migration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The time in which neither side of a store takes writes. Used by one thread. */
public final class Pause {
    private final Duration longest;

    /** By {@link System#nanoTime}. */
    private @Nullable Long began;

    public Pause(Duration longest) {
        this.longest = longest;
    }

    /** From now on, unless it has begun. */
    public void begin() {
        if (began == null) {
            began = System.nanoTime();
        }
    }

    /** None where it has not begun. */
    public Duration soFar() {
        return began == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - began);
    }

    public boolean isTooLong() {
        return soFar().compareTo(longest) > 0;
    }
}
