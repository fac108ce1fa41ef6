package dev.slipway.compose.model;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as compose files have them, and as Go prints them.
 *
 * @see <a href="https://pkg.go.dev/time#Duration.String">Go's time.Duration</a>
 */
public final class Times {
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L,
            "w", 604_800_000_000_000L);
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([^\\d.]+)");

    private Times() {}

    /** In nanoseconds; empty where it is no duration. */
    public static OptionalLong nanos(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (text.length() == start) {
            return OptionalLong.empty();
        }
        if (text.substring(start).equals("0")) {
            return OptionalLong.of(0);
        }
        BigDecimal sum = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        for (int at = start; at < text.length(); at = part.end()) {
            Long unit = part.region(at, text.length()).lookingAt() ? UNITS.get(part.group(2)) : null;
            if (unit == null) {
                return OptionalLong.empty();
            }
            sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
        }
        if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(text.startsWith("-") ? -sum.longValue() : sum.longValue());
    }

    static String text(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        long whole = Math.abs(nanos);
        if (whole < 1_000) {
            return sign + whole + "ns";
        }
        if (whole < 1_000_000) {
            return sign + decimal(whole, 3) + "µs";
        }
        if (whole < 1_000_000_000) {
            return sign + decimal(whole, 6) + "ms";
        }
        long minutes = whole / 60_000_000_000L;
        String seconds = decimal(whole % 60_000_000_000L, 9) + "s";
        if (minutes == 0) {
            return sign + seconds;
        }
        return sign + (minutes >= 60 ? minutes / 60 + "h" : "") + minutes % 60 + "m" + seconds;
    }

    private static String decimal(long value, int digits) {
        BigDecimal decimal = BigDecimal.valueOf(value, digits).stripTrailingZeros();
        return decimal.toPlainString();
    }
}
