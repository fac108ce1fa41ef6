package dev.slipway.compose;

import dev.slipway.compose.yaml.Position;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as Compose writes them: {@code 60s}, {@code 5m}, {@code 1h30m}, {@code 250ms}, {@code 2d}. */
final class Durations {
    private static final Pattern WHOLE = Pattern.compile("(?:\\d+(?:\\.\\d+)?(?:ms|us|d|h|m|s))+");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|us|d|h|m|s)");

    private Durations() {}

    static Duration parse(String text, Position at) {
        if (!WHOLE.matcher(text).matches()) {
            throw at.invalid("'" + text + "' is no duration", "write a number with its unit, e.g. 60s, 5m or 1h30m");
        }
        Matcher parts = PART.matcher(text);
        Duration sum = Duration.ZERO;
        while (parts.find()) {
            double nanos = Double.parseDouble(parts.group(1)) * nanos(parts.group(2));
            sum = sum.plusNanos((long) Math.min(nanos, Long.MAX_VALUE / 1e3));
        }
        return sum;
    }

    private static double nanos(String unit) {
        return switch (unit) {
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            default -> 86_400e9;
        };
    }
}
