package dev.slipway.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one verb on one store came to; written by the worker, read by the report.
 *
 * @param tries which worker in turn did it, from 1
 * @param detail where more is to be read or said, in one line
 * @param findings what is not on the target as it was on the source, and what to do about it
 */
public record StoreResult(
        String store,
        StoreVerb verb,
        Outcome outcome,
        int tries,
        Instant started,
        Instant ended,
        long items,
        long bytes,
        String detail,
        Optional<Comparison.Different> differences,
        List<Finding> findings) {

    public StoreResult {
        findings = List.copyOf(findings);
    }

    public double seconds() {
        return Duration.between(started, ended).toMillis() / 1000.0;
    }

    /** The same, begun with another one, of which it reached at least as much. */
    public StoreResult after(StoreResult before) {
        return new StoreResult(
                store,
                verb,
                outcome,
                tries,
                before.started,
                ended,
                Math.max(before.items, items),
                Math.max(before.bytes, bytes),
                detail,
                differences,
                findings);
    }

    /** How it ended. */
    public enum Outcome {
        DONE,
        SKIPPED,
        SAME,
        DIFFERENT,
        UNKNOWN,
        FAILED
    }
}
