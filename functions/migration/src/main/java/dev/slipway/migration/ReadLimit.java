package dev.slipway.migration;

import dev.failsafe.RateLimiter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/** How fast all jobs together read the source. */
@FunctionalInterface
public interface ReadLimit {
    /** In bytes. Fine enough for a slow line, coarse enough for one permit to last a while on a fast one. */
    int UNIT = 1024;

    /**
     * Returns when that much may be read.
     *
     * @throws CancellationException if the thread is interrupted while it waits
     */
    void await(long bytes);

    /** @param bytesPerSecond 0 is no limit */
    static ReadLimit of(long bytesPerSecond) {
        if (bytesPerSecond == 0) {
            return bytes -> {};
        }
        Duration second = Duration.ofSeconds(1);
        // The limiter counts in whole nanoseconds.
        long units = Math.clamp(bytesPerSecond / UNIT, 1, second.toNanos());
        RateLimiter<Object> limiter = RateLimiter.smoothBuilder(units, second).build();
        return bytes -> {
            try {
                limiter.acquirePermits(Math.clamp((bytes + UNIT - 1) / UNIT, 1, Integer.MAX_VALUE));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while the source's rate was kept");
            }
        };
    }

    /** The same content, read no faster. */
    default InputStream on(InputStream content) {
        return new FilterInputStream(content) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                if (read > 0) {
                    await(read);
                }
                return read;
            }
        };
    }
}
