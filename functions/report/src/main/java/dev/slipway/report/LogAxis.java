package dev.slipway.report;

import dev.slipway.report.TimeAxis.Tick;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Durations from a tenth of a second on a logarithmic scale, in percent of the width. */
record LogAxis(double decades) {
    private static final double FIRST_SECONDS = 0.1;
    private static final List<Duration> MARKS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(10),
            Duration.ofDays(4));

    static LogAxis upTo(List<Duration> durations) {
        Duration longest = durations.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
        return new LogAxis(Math.max(1, decades(longest)));
    }

    double percent(Duration duration) {
        return 100 * Math.max(0, decades(duration)) / decades;
    }

    List<Tick> ticks() {
        return MARKS.stream()
                .filter(it -> percent(it) <= 100)
                .map(it -> new Tick(Svg.number(percent(it)), Units.duration(it).replace(".0 s", " s")))
                .toList();
    }

    private static double decades(Duration duration) {
        return Math.log10(Math.max(duration.toMillis(), 1) / 1000.0 / FIRST_SECONDS);
    }
}
