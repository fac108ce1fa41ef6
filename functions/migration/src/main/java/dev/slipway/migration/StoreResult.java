package dev.slipway.migration;

import java.time.Instant;
import java.util.Optional;

/**
 * What one verb on one store came to; written by the worker, read by the report.
 *
 * @param tries which worker in turn did it, from 1
 * @param detail where more is to be read or said, in one line
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
        Optional<Comparison.Different> differences) {

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
