package dev.slipway.migration;

import java.util.List;

/** What became of a store's copy. */
public sealed interface CopyOutcome {
    /**
     * Everything was sent: rows, keys or objects, and their bytes.
     *
     * @param findings what is not on the target as it was on the source, and what to do about it
     */
    record Copied(long items, long bytes, List<Finding> findings) implements CopyOutcome {
        public Copied {
            findings = List.copyOf(findings);
        }

        public Copied(long items, long bytes) {
            this(items, bytes, List.of());
        }
    }

    /** Nothing was sent, because nothing had to be. */
    record Skipped(String reason) implements CopyOutcome {}
}
