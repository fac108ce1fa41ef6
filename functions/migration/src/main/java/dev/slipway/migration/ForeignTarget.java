package dev.slipway.migration;

import dev.slipway.migration.exception.TargetNotEmpty;
import java.util.Optional;

/** A target that holds something which no copy of ours has put there. */
public final class ForeignTarget {
    private ForeignTarget() {}

    /**
     * Nothing where the target is empty, and a reason to copy nothing where it holds the same as the source.
     *
     * @throws TargetNotEmpty if it holds anything else
     */
    public static Optional<CopyOutcome.Skipped> look(Engine engine, StoreUrl source, StoreUrl target) {
        if (engine.inspect(target).empty()) {
            return Optional.empty();
        }
        if (engine.compare(source, target, Progress.SILENT) instanceof Comparison.Same) {
            return Optional.of(new CopyOutcome.Skipped("the target holds the same already"));
        }
        throw new TargetNotEmpty(
                "copy " + source + " to " + target,
                "the target is not empty, and what it holds is not the same",
                "name an empty one, or empty it");
    }
}
