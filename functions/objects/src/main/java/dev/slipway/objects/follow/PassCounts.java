package dev.slipway.objects.follow;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What a pass has come across so far; counted from any thread. */
final class PassCounts {
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong seenBytes = new AtomicLong();
    private final AtomicLong changed = new AtomicLong();
    private final AtomicLong unproved = new AtomicLong();
    private final AtomicLong missing = new AtomicLong();
    private volatile Optional<String> last = Optional.empty();

    void saw(long bytes) {
        seen.incrementAndGet();
        seenBytes.addAndGet(bytes);
    }

    /** The next pass looks at it again. */
    void changed(String key, long bytes) {
        unproved.incrementAndGet();
        changedForGood(key, bytes);
    }

    /** Nobody can have changed it since it was compared. */
    void changedForGood(String key, long bytes) {
        changed.incrementAndGet();
        missing.addAndGet(bytes);
        last = Optional.of(key);
    }

    long seen() {
        return seen.get();
    }

    long seenBytes() {
        return seenBytes.get();
    }

    long changed() {
        return changed.get();
    }

    long unproved() {
        return unproved.get();
    }

    long missing() {
        return missing.get();
    }

    Optional<String> last() {
        return last;
    }
}
