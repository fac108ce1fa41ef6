package dev.slipway.objects.follow;

import dev.slipway.migration.Comparison;
import java.time.Duration;
import java.util.Optional;

/**
 * What a pass has found.
 *
 * @param changed how many objects were not the same, and were brought over or are to be
 * @param last one of them
 * @param missing bytes that were brought over
 * @param comparison of the others, where the pass was to compare
 */
record Found(long changed, Optional<String> last, long missing, Comparison comparison, Duration took) {
    /** The proof that nothing was missing; empty where there is none. */
    Optional<Comparison.Same> proof() {
        return changed == 0 && comparison instanceof Comparison.Same same ? Optional.of(same) : Optional.empty();
    }
}
