package dev.slipway.local.terminal;

import dev.slipway.migration.Progress;
import dev.slipway.report.Forecast;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far the traffic has moved. */
final class Shift {
    private static final int ALL = 100;

    private final Forecast forecast = new Forecast();
    private Event.Shifted latest;

    Shift(Event.Shifted first) {
        latest = first;
        move(first);
    }

    /** Whether the weight is another one now. */
    boolean move(Event.Shifted shifted) {
        boolean another = shifted.weight() != latest.weight();
        latest = shifted;
        forecast.add(shifted.at(), new Progress.Amount("", shifted.weight(), ALL, 0, 0));
        return another;
    }

    Event.Shifted latest() {
        return latest;
    }

    Optional<Duration> left(Instant now) {
        return forecast.left(now);
    }
}
