package dev.slipway.compose;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts of bytes as Compose writes them: {@code 512M}, {@code 1g}, {@code 20MB}; a kB is 1,024 bytes. */
final class ByteSizes {
    private static final Pattern BYTES = Pattern.compile("(?i)(\\d+(?:\\.\\d+)?)\\s*([kmgt]?)i?b?");
    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40);

    private ByteSizes() {}

    /** The bytes, rounded up; empty if the text is no amount of them. */
    static Optional<Long> parse(String text) {
        Matcher bytes = BYTES.matcher(text.strip());
        if (!bytes.matches()) {
            return Optional.empty();
        }
        long unit = UNITS.getOrDefault(bytes.group(2).toLowerCase(Locale.ROOT), 1L);
        return Optional.of((long) Math.ceil(Double.parseDouble(bytes.group(1)) * unit));
    }
}
