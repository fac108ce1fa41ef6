package dev.slipway.redis.keys;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * When a key goes, as the time of its own server's clock: that is what the server stores, and what travels unchanged. Milliseconds
 * since 1970, {@link #NEVER} or {@link #GONE}.
 */
public record Expiry(long millis) {
    public static final Expiry NEVER = new Expiry(-1);
    public static final Expiry GONE = new Expiry(-2);

    /**
     * From the answers to TIME and PTTL sent next to each other; PEXPIRETIME would be exact but exists from Redis 7 on only.
     *
     * @param time seconds and microseconds, as the server writes them
     */
    public static Expiry of(List<byte[]> time, long ttl) {
        if (ttl == -1) {
            return NEVER;
        }
        return ttl < 0 ? GONE : new Expiry(now(time) + ttl);
    }

    /** The server's clock in milliseconds. */
    public static long now(List<byte[]> time) {
        long seconds = Long.parseLong(new String(time.get(0), StandardCharsets.US_ASCII));
        long micros = Long.parseLong(new String(time.get(1), StandardCharsets.US_ASCII));
        return seconds * 1_000 + micros / 1_000;
    }

    public boolean isVolatile() {
        return millis >= 0;
    }

    public boolean isNear(Expiry other, Duration tolerance) {
        return (isVolatile() && other.isVolatile())
                ? Math.abs(millis - other.millis) <= tolerance.toMillis()
                : millis == other.millis;
    }

    /** Whether the key is due on a server whose clock says {@code now}. */
    public boolean isDue(long now, Duration tolerance) {
        return isVolatile() && millis <= now + tolerance.toMillis();
    }
}
