package dev.slipway.report;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreResult;
import java.util.List;
import java.util.Optional;

/**
 * What became of a store's copy.
 *
 * @param items rows, keys or objects sent, by the last worker where several took turns, or the most that one of them reached where all failed; empty when skipped
 * @param bytes likewise
 * @param seconds that it took, or until it failed
 * @param workers how many workers it took in turn, 1 where none was replaced
 * @param reason why nothing was sent, or why it failed; empty when copied
 * @param shards what each part had, where several workers copied at once
 * @param findings what is not on the target as it was on the source, and what to do about it
 */
public record CopyReport(
        Outcome outcome,
        Optional<Long> items,
        Optional<Long> bytes,
        double seconds,
        int workers,
        Optional<String> reason,
        Optional<ShardsReport> shards,
        List<Finding> findings) {

    public CopyReport {
        reason = reason.map(Redaction::of);
        findings = Redaction.of(findings);
    }

    /**
     * Where shards came first, some engines' last worker tells all that was sent, and others' what it sent itself, if anything.
     *
     * @param seconds from the beginning of the copy until the restore's end
     * @param shards what each part had, where several workers copied at once
     * @param findings of all workers
     */
    public static CopyReport of(
            StoreResult restored, double seconds, Optional<ShardsReport> shards, List<Finding> findings) {
        long items = Math.max(restored.items(), shards.map(ShardsReport::items).orElse(0L));
        long bytes = Math.max(restored.bytes(), shards.map(ShardsReport::bytes).orElse(0L));
        Outcome outcome = outcome(restored, items);
        boolean skipped = outcome == Outcome.SKIPPED;
        return new CopyReport(
                outcome,
                skipped ? Optional.empty() : Optional.of(items),
                skipped ? Optional.empty() : Optional.of(bytes),
                seconds,
                restored.tries(),
                outcome == Outcome.COPIED ? Optional.empty() : Optional.of(restored.detail()),
                shards,
                findings);
    }

    private static Outcome outcome(StoreResult restored, long items) {
        return switch (restored.outcome()) {
            case SKIPPED -> items == 0 ? Outcome.SKIPPED : Outcome.COPIED;
            case FAILED -> Outcome.STOPPED;
            case DONE, SAME, DIFFERENT, UNKNOWN -> Outcome.COPIED;
        };
    }

    /** What the copy came to. */
    public enum Outcome {
        COPIED,
        /** Nothing had to be sent. */
        SKIPPED,
        /** It failed on its way. */
        STOPPED
    }
}
