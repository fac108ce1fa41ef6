package dev.slipway.local.router;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What each side answered, second by second, until it is taken away to be published. */
final class Tally {
    private final InstantSource clock;
    private final Map<Key, Second> seconds = new ConcurrentHashMap<>();

    private record Key(Instant at, Side side) {}

    /** Counts of one side in one second; response times in seconds. */
    record Second(
            Instant at,
            Side side,
            long requests,
            long successes,
            long targetErrors,
            long balancerErrors,
            long refusals,
            long timed,
            double sum,
            double shortest,
            double longest) {

        private static Second empty(Key key) {
            return new Second(key.at, key.side, 0, 0, 0, 0, 0, 0, 0, Double.MAX_VALUE, 0);
        }

        /** A refused write waits for the cutover; it is no error, and says nothing about how fast the side is. */
        private Second plus(int status, boolean refused, boolean byTarget, double time) {
            boolean error = status >= 500 && !refused;
            boolean counts = byTarget && !refused;
            return new Second(
                    at,
                    side,
                    requests + 1,
                    successes + one(status >= 200 && status < 300),
                    targetErrors + one(error && byTarget),
                    balancerErrors + one(error && !byTarget),
                    refusals + one(refused),
                    timed + one(counts),
                    counts ? sum + time : sum,
                    counts ? Math.min(shortest, time) : shortest,
                    counts ? Math.max(longest, time) : longest);
        }

        private static int one(boolean condition) {
            return condition ? 1 : 0;
        }
    }

    Tally(InstantSource clock) {
        this.clock = clock;
    }

    /** An answer of a side: by one of its targets, or by the load balancer where no target could be asked. */
    void count(Side side, int status, boolean refused, boolean byTarget, Duration time) {
        Key key = new Key(clock.instant().truncatedTo(ChronoUnit.SECONDS), side);
        double seconds = time.toNanos() / 1e9;
        this.seconds.compute(
                key,
                (same, second) ->
                        (second == null ? Second.empty(key) : second).plus(status, refused, byTarget, seconds));
    }

    /** Takes away the seconds that are over, the oldest first. */
    List<Second> takeFinished() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return take(now);
    }

    /** Takes away everything, the second that runs too. */
    List<Second> takeAll() {
        return take(Instant.MAX);
    }

    private List<Second> take(Instant before) {
        Map<Instant, List<Second>> taken = new TreeMap<>();
        for (Key key : List.copyOf(seconds.keySet())) {
            if (key.at.isBefore(before)) {
                Second second = seconds.remove(key);
                if (second != null) {
                    taken.computeIfAbsent(key.at, at -> new ArrayList<>()).add(second);
                }
            }
        }
        return taken.values().stream().flatMap(List::stream).toList();
    }
}
