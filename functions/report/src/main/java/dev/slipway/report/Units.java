package dev.slipway.report;

import dev.slipway.migration.Bytes;
import dev.slipway.migration.StoreKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Amounts as a person reads them, the same on the terminal and in the report. */
public final class Units {
    /** To how many seconds what is left is rounded below so many. */
    private static final Map<Long, Long> LEFT_STEPS = Map.of(10L, 1L, 60L, 5L, 600L, 10L, 3600L, 60L, 86_400L, 600L);

    private Units() {}

    /** Decimal units with one digit, e.g. {@code 61.2 MB}; plain bytes below 1 kB. */
    public static String bytes(long bytes) {
        return Bytes.text((double) bytes);
    }

    /** E.g. {@code 38 MB/s}; one digit after the point below 10. */
    public static String bytesPerSecond(double rate) {
        double value = rate;
        while (value >= 999.5) {
            value /= 1000;
        }
        return Bytes.text(rate, value < 9.95 ? 1 : 0) + "/s";
    }

    /** Bytes a second, or items where no bytes move. */
    public static String speed(StoreKind kind, Forecast.Speed speed) {
        return speed.bytes() > 0
                ? bytesPerSecond(speed.bytes())
                : count(Math.round(speed.items())) + " " + noun(kind, 2) + "/s";
    }

    /** E.g. {@code 412,000}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** E.g. {@code 412,000 rows}, {@code 1 key}. */
    public static String items(StoreKind kind, long items) {
        return count(items) + " " + noun(kind, items);
    }

    /** What a store of the kind consists of. */
    public static String noun(StoreKind kind, long items) {
        String one = switch (kind) {
            case POSTGRES -> "row";
            case REDIS -> "key";
            case OBJECTS -> "file";
        };
        return items == 1 ? one : one + "s";
    }

    /** As the other. */
    static String duration(double seconds) {
        return duration(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** The two largest parts that matter, e.g. {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 1 h 4 min}. */
    public static String duration(Duration duration) {
        long tenths = Math.round(duration.toMillis() / 100.0);
        long seconds = Math.round(duration.toMillis() / 1000.0);
        if (tenths < 100) {
            return String.format(Locale.ROOT, "%.1f s", tenths / 10.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return parts(seconds / 60, "min", seconds % 60, "s");
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 1440
                ? parts(minutes / 60, "h", minutes % 60, "min")
                : parts(minutes / 1440, "d", minutes / 60 % 24, "h");
    }

    /** How long something will still take, as coarse as such a forecast is, e.g. {@code about 20 s left}. */
    public static String left(Duration left) {
        long seconds = Math.max(1, Math.round(left.toMillis() / 1000.0));
        long step = LEFT_STEPS.entrySet().stream()
                .filter(it -> seconds < it.getKey())
                .mapToLong(Map.Entry::getValue)
                .min()
                .orElse(3600);
        Duration rounded = Duration.ofSeconds(Math.ceilDiv(seconds, step) * step);
        return "about " + duration(rounded).replace(".0 s", " s") + " left";
    }

    /** A share between 0 and 1 as percent with two digits; only none reads as 0 and only all as 100. */
    public static String percent(double share) {
        if (share > 0 && share < 0.0001) {
            return "<0.01 %";
        }
        if (share < 1 && share > 0.9999) {
            return ">99.99 %";
        }
        return String.format(Locale.ROOT, share == 0 || share == 1 ? "%.0f %%" : "%.2f %%", share * 100);
    }

    private static String parts(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
