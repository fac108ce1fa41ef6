package dev.slipway.redis.follow;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * For how long a stream's state has been seen as it is, by this machine's steady clock. What the state says of the time is by the clock
 * of whoever wrote it, with which this one's need not agree, and either may be moved.
 */
final class Heard {
    private final LongSupplier nanos;
    private @Nullable StreamState last;
    private long since;

    Heard() {
        this(System::nanoTime);
    }

    Heard(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Nothing where it is not what was seen before. */
    synchronized Duration silence(StreamState now) {
        long seen = nanos.getAsLong();
        if (!now.equals(last)) {
            last = now;
            since = seen;
        }
        return Duration.ofNanos(seen - since);
    }

    /** Whether somebody brings changes, or was seen to a moment ago. */
    boolean isAlive(StreamState now) {
        return silence(now).compareTo(StreamState.SILENCE) < 0 && !now.owner().isEmpty();
    }
}
