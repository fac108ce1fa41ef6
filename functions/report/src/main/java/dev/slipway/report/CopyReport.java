package dev.slipway.report;

import dev.slipway.migration.CopyOutcome;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of a store's copy.
 *
 * @param items rows, keys or objects sent; empty when skipped
 * @param bytes empty when skipped
 * @param workers how many workers it took in turn, 1 where none was replaced
 * @param reason why nothing was sent; empty when copied
 * @param shards what each part had, where several workers copied at once
 */
public record CopyReport(
        Outcome outcome,
        Optional<Long> items,
        Optional<Long> bytes,
        double seconds,
        int workers,
        Optional<String> reason,
        Optional<ShardsReport> shards) {

    public CopyReport {
        reason = reason.map(Redaction::of);
    }

    public static CopyReport of(CopyOutcome outcome, Duration took, int workers) {
        double seconds = took.toMillis() / 1000.0;
        return switch (outcome) {
            case CopyOutcome.Copied copied ->
                new CopyReport(
                        Outcome.COPIED,
                        Optional.of(copied.items()),
                        Optional.of(copied.bytes()),
                        seconds,
                        workers,
                        Optional.empty(),
                        Optional.empty());
            case CopyOutcome.Skipped(String reason) ->
                new CopyReport(
                        Outcome.SKIPPED,
                        Optional.empty(),
                        Optional.empty(),
                        seconds,
                        workers,
                        Optional.of(reason),
                        Optional.empty());
        };
    }

    /** Whether anything was sent. */
    public enum Outcome {
        COPIED,
        SKIPPED
    }
}
