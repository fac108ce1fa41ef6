package dev.slipway.migration;

import java.util.Optional;

/**
 * How a copy is made.
 *
 * @param fence the fence that must stand on the source from the copy's beginning to its end; without one the copy is of a moment of a
 *     source that may go on changing
 * @param pace of this worker
 * @param notes where the copy keeps what it has to remember from one call to the next and may not put into the target
 * @param ownsTarget whether what the target holds was put there by an earlier copy, and may be replaced; so it always is under a fence
 */
public record CopyOptions(Optional<FenceToken> fence, CopyPace pace, Optional<CopyNotes> notes, boolean ownsTarget) {
    public CopyOptions(Optional<FenceToken> fence, CopyPace pace) {
        this(fence, pace, Optional.empty(), fence.isPresent());
    }

    /** A copy of a fenced source. */
    public static CopyOptions under(FenceToken fence) {
        return new CopyOptions(Optional.of(fence), CopyPace.DEFAULT);
    }

    /** A copy of a source that may change meanwhile. */
    public static CopyOptions unfenced() {
        return new CopyOptions(Optional.empty(), CopyPace.DEFAULT);
    }

    public CopyOptions withJobs(int jobs) {
        return at(new CopyPace(pace.workers(), jobs, pace.bytesPerSecond()));
    }

    /** @param limit 0 is no limit */
    public CopyOptions withBytesPerSecond(long limit) {
        return at(new CopyPace(pace.workers(), pace.jobs(), limit));
    }

    public CopyOptions at(CopyPace wanted) {
        return new CopyOptions(fence, wanted, notes, ownsTarget);
    }

    public CopyOptions withNotes(CopyNotes kept) {
        return new CopyOptions(fence, pace, Optional.of(kept), ownsTarget);
    }

    /** For a target whose content is the caller's own. */
    public CopyOptions ontoOwnTarget() {
        return new CopyOptions(fence, pace, notes, true);
    }
}
