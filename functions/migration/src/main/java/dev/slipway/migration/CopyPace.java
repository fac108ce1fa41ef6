package dev.slipway.migration;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How hard a copy may press on its source.
 *
 * @param workers how many copy at once
 * @param jobs how many things each worker copies side by side
 * @param bytesPerSecond how fast the source is read at most by all of them together; 0 is no limit
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CopyPace(int workers, int jobs, long bytesPerSecond) {
    /** Of a Postgres, each has three sessions on the source and five on the target. */
    public static final int MOST_WORKERS = 32;

    public static final int MOST_JOBS = 64;

    public static final CopyPace DEFAULT = new CopyPace(1, 2, 0);

    /** What each worker keeps to while all of them copy. */
    public CopyPace share() {
        long share = bytesPerSecond == 0 ? 0 : Math.max(1, bytesPerSecond / workers);
        return new CopyPace(1, jobs, share);
    }
}
