package dev.slipway.redis.session;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of a server, as far as it tells which commands and formats it has. */
public record Version(int major, int minor) implements Comparable<Version> {
    private static final Pattern WRITTEN = Pattern.compile("(\\d+)\\.(\\d+)");
    private static final Comparator<Version> ORDER =
            Comparator.comparingInt(Version::major).thenComparingInt(Version::minor);

    /** What a text begins with; empty where that is no version. */
    public static Optional<Version> parse(String text) {
        Matcher known = WRITTEN.matcher(text);
        return known.lookingAt()
                ? Optional.of(new Version(Integer.parseInt(known.group(1)), Integer.parseInt(known.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }
}
