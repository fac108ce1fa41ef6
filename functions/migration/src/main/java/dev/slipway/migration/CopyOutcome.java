package dev.slipway.migration;

/** What became of a store's copy. */
public sealed interface CopyOutcome {
    /** Everything was sent: rows, keys or objects, and their bytes. */
    record Copied(long items, long bytes) implements CopyOutcome {}

    /** Nothing was sent, because nothing had to be. */
    record Skipped(String reason) implements CopyOutcome {}
}
