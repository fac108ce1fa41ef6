package dev.slipway.objects.copy;

import dev.failsafe.RateLimiter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/** How fast all jobs together read the source. */
@FunctionalInterface
interface ReadLimit {
    /** Fine enough for a slow line, coarse enough for one permit to last a while on a fast one. */
    int UNIT = 4096;

    /** Returns when that much more may be read. */
    void await(int bytes) throws IOException;

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
                throw new InterruptedIOException("the copy was interrupted");
            }
        };
    }

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
