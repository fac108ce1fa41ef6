package dev.slipway.steps;

import dev.slipway.report.ProvisionReport;
import java.util.List;

/** Where a change of a stack stands. */
sealed interface StackProgress {
    /** It goes on by itself. */
    record UnderWay() implements StackProgress {}

    /** It is known what would be changed, and nothing was yet. */
    record Ready(List<ProvisionReport.Change> changes) implements StackProgress {}

    /** There is nothing to change. */
    record Unchanged() implements StackProgress {}

    /** It was carried out. */
    record Complete(List<ProvisionReport.Time> times) implements StackProgress {}

    /**
     * It was not, and what it had made was removed.
     *
     * @param reason of the first resource that failed
     * @param unmade whether an empty stack is left, which was never whole
     * @param times how long each resource took until it was there or failed
     */
    record Failed(String reason, boolean unmade, List<ProvisionReport.Time> times) implements StackProgress {}
}
