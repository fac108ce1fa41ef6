package dev.slipway.blueprints;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of a database's instance, and what follows from it.
 *
 * @param bytes as AWS' pages of instance classes say
 */
record InstanceMemory(long bytes) {
    private static final Pattern CLASS = Pattern.compile("db\\.(?<family>[a-z])[a-z0-9]*\\.(?<size>[a-z0-9]+)");
    private static final long GIB = 1L << 30;
    private static final long LEAST = 64L << 20;

    /** What RDS reckons for a connection: {@code max_connections} is {@code DBInstanceClassMemory/9531392}, 5000 at most. */
    private static final long OF_A_CONNECTION = 9_531_392;

    private static final long CONNECTIONS = 5_000;

    /** @param name e.g. {@code db.t4g.micro}; one that says nothing of its size counts as the smallest */
    static InstanceMemory of(String name) {
        Matcher matcher = CLASS.matcher(name);
        return new InstanceMemory(
                matcher.matches() ? GIB * gib(matcher.group("family").charAt(0), matcher.group("size")) : GIB);
    }

    /** A twentieth, in bytes; less than 64 MiB is too little for any. */
    long least() {
        return Math.max(LEAST, bytes / 20);
    }

    /** Four fifths of those that it takes. The system and RDS itself keep up to a quarter of the memory, which RDS does not count. */
    long mostConnections() {
        return Math.min(CONNECTIONS, bytes / 4 * 3 / OF_A_CONNECTION) * 4 / 5;
    }

    private static long gib(char family, String size) {
        return switch (size) {
            case "micro" -> 1;
            case "small" -> 2;
            case "medium" -> 4;
            default -> ofLarge(family) * larges(size);
        };
    }

    private static long ofLarge(char family) {
        return switch (family) {
            case 'c' -> 4;
            case 'r', 'x' -> 16;
            default -> 8;
        };
    }

    private static long larges(String size) {
        String times = size.replaceFirst("x?large$", "");
        return size.endsWith("xlarge") ? 2L * (times.isEmpty() ? 1 : Long.parseLong(times)) : 1;
    }
}
