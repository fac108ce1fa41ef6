package dev.slipway.migration;

import java.util.Optional;

/**
 * How a copy is made.
 *
 * @param fence the fence that must stand on the source from the copy's beginning to its end; without one the copy is of a moment of a
 *     source that may go on changing
 * @param jobs how many sessions copy side by side
 * @param bytesPerSecond how fast the source is read at most; 0 is no limit
 */
public record CopyOptions(Optional<FenceToken> fence, int jobs, long bytesPerSecond) {
    private static final int JOBS = 2;

    /** A copy of a fenced source. */
    public static CopyOptions under(FenceToken fence) {
        return new CopyOptions(Optional.of(fence), JOBS, 0);
    }

    /** A copy of a source that may change meanwhile. */
    public static CopyOptions unfenced() {
        return new CopyOptions(Optional.empty(), JOBS, 0);
    }

    public CopyOptions withJobs(int wanted) {
        return new CopyOptions(fence, wanted, bytesPerSecond);
    }

    public CopyOptions withBytesPerSecond(long limit) {
        return new CopyOptions(fence, jobs, limit);
    }
}
