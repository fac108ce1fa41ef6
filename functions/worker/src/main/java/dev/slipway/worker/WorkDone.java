package dev.slipway.worker;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreResult.Outcome;
import dev.slipway.migration.exception.CompareUnknown;
import dev.slipway.migration.exception.StoresDiffer;
import java.util.List;
import java.util.Optional;

/** What a verb on a store came to. */
record WorkDone(
        Outcome outcome,
        long items,
        long bytes,
        String detail,
        Optional<Comparison.Different> differences,
        List<Finding> findings) {

    static WorkDone of(Outcome outcome, long items, long bytes, String detail) {
        return new WorkDone(outcome, items, bytes, detail, Optional.empty(), List.of());
    }

    /** Turns a comparison that does not allow the run to go on into its failure. */
    void requireSame(String store) {
        if (outcome == Outcome.DIFFERENT) {
            throw new StoresDiffer(
                    "compare " + store, detail, "read the differences in the report; nothing goes on with them");
        }
        if (outcome == Outcome.UNKNOWN) {
            throw new CompareUnknown("compare " + store, detail, "remove the cause and start again");
        }
    }
}
