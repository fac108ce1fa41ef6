package dev.slipway.migration.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * The measurements that allow the next weight.
 *
 * @param errorShare the largest share of answers with a 5xx status, 0 to 1
 * @param responseTime the slowest mean response, where one is asked for
 */
public record Gates(double errorShare, Optional<Duration> responseTime) {
    public static final Gates DEFAULT = new Gates(0.01, Optional.empty());

    public Gates {
        if (!(errorShare >= 0 && errorShare <= 1)) {
            throw new IllegalArgumentException("a share lies between 0 and 1, not " + errorShare);
        }
    }
}
