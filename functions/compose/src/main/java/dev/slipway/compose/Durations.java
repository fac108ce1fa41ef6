package dev.slipway.compose;

import dev.slipway.compose.model.Times;
import dev.slipway.compose.yaml.Position;
import java.time.Duration;
import java.util.OptionalLong;

/** Reads durations as Compose writes them: {@code 60s}, {@code 5m}, {@code 1h30m}, {@code 250ms}, {@code 2d}. */
final class Durations {
    private Durations() {}

    static Duration parse(String text, Position at) {
        OptionalLong nanos = Times.nanos(text);
        if (nanos.isEmpty() || nanos.getAsLong() < 0) {
            throw at.invalid("'" + text + "' is no duration", "write a number with its unit, e.g. 60s, 5m or 1h30m");
        }
        return Duration.ofNanos(nanos.getAsLong());
    }
}
