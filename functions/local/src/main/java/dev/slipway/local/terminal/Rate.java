package dev.slipway.local.terminal;

import dev.slipway.migration.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast a store's work went during the last seconds. */
final class Rate {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration TOO_SHORT = Duration.ofMillis(400);

    private final Deque<Sample> samples = new ArrayDeque<>();

    void add(Instant at, Progress.Amount amount) {
        Sample sample = new Sample(at, amount.items(), amount.bytes());
        if (!samples.isEmpty() && samples.getLast().isAheadOf(sample)) {
            // A second worker began again: what the first one did is no speed of this one.
            samples.clear();
        }
        samples.addLast(sample);
        while (samples.size() > 2
                && Duration.between(samples.getFirst().at(), at).compareTo(WINDOW) > 0) {
            samples.removeFirst();
        }
    }

    /** Empty until enough was seen to tell. */
    Optional<Speed> speed() {
        if (samples.size() < 2) {
            return Optional.empty();
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        Duration span = Duration.between(first.at(), last.at());
        if (span.compareTo(TOO_SHORT) < 0) {
            return Optional.empty();
        }
        double seconds = span.toMillis() / 1000.0;
        return Optional.of(
                new Speed((last.items() - first.items()) / seconds, (last.bytes() - first.bytes()) / seconds));
    }

    /** Rows, keys or objects, and bytes, a second. */
    record Speed(double items, double bytes) {}

    private record Sample(Instant at, long items, long bytes) {
        boolean isAheadOf(Sample later) {
            return items > later.items || bytes > later.bytes;
        }
    }
}
