package dev.slipway.postgres.copy;

import dev.failsafe.RateLimiter;
import java.sql.SQLException;
import java.time.Duration;

/** How fast all jobs together read the source. */
@FunctionalInterface
interface ReadLimit {
    /** Fine enough for a slow line, coarse enough for one permit to last a while on a fast one. */
    int UNIT = 4096;

    /** Returns when that much may be read. */
    void await(int bytes) throws SQLException;

    /** @param bytesPerSecond 0 is no limit */
    static ReadLimit of(long bytesPerSecond) {
        if (bytesPerSecond == 0) {
            return bytes -> {};
        }
        long units = Math.max(1, bytesPerSecond / UNIT);
        RateLimiter<Object> limiter =
                RateLimiter.smoothBuilder(units, Duration.ofSeconds(1)).build();
        return bytes -> {
            try {
                limiter.acquirePermits(Math.max(1, (bytes + UNIT - 1) / UNIT));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException("the copy was interrupted", e);
            }
        };
    }
}
