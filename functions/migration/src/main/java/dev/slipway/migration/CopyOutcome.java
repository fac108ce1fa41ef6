package dev.slipway.migration;

import java.util.List;
import java.util.Optional;

/** What became of a store's copy. */
public sealed interface CopyOutcome {
    /**
     * Everything was sent: rows, keys or objects, and their bytes.
     *
     * @param findings what is not on the target as it was on the source, and what to do about it
     * @param digests of what was read, where the source can not have changed since
     */
    record Copied(long items, long bytes, List<Finding> findings, Optional<SourceDigests> digests)
            implements CopyOutcome {
        public Copied {
            findings = List.copyOf(findings);
        }

        public Copied(long items, long bytes) {
            this(items, bytes, List.of(), Optional.empty());
        }
    }

    /** Nothing was sent, because nothing had to be. */
    record Skipped(String reason) implements CopyOutcome {}
}
