package dev.slipway.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Where an instant stands between the first and the last one, in percent of the width. */
record TimeAxis(Instant zero, Instant from, Instant to) {
    private static final int MOST_TICKS = 5;
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8),
            Duration.ofDays(1),
            Duration.ofDays(7));

    /** @param at clipped to the axis */
    double percent(Instant at) {
        double length = Math.max(1, Duration.between(from, to).toMillis());
        return Math.clamp(100 * Duration.between(from, at).toMillis() / length, 0, 100);
    }

    /** Round numbers of time since zero. */
    List<Tick> ticks() {
        Duration length = Duration.between(from, to);
        long step = STEPS.stream()
                .filter(it -> length.dividedBy(it) <= MOST_TICKS)
                .findFirst()
                .orElse(STEPS.getLast())
                .toMillis();
        long first = Math.ceilDiv(Duration.between(zero, from).toMillis(), step);
        long last = Math.floorDiv(Duration.between(zero, to).toMillis(), step);
        return LongStream.rangeClosed(first, Math.min(last, first + 4L * MOST_TICKS))
                .mapToObj(it -> Duration.ofMillis(it * step))
                .map(it -> new Tick(Svg.number(percent(zero.plus(it))), label(it)))
                .toList();
    }

    private static String label(Duration since) {
        return since.isZero() ? "0" : Units.duration(since).replace(".0 s", " s");
    }

    /** A line of the grid with its label. */
    record Tick(String percent, String label) {
        private static final double NEAR_THE_END = 93;

        /** Whether its label would reach beyond the axis. */
        boolean last() {
            return Double.parseDouble(percent) > NEAR_THE_END;
        }
    }
}
