package dev.slipway.objects.follow;

import dev.slipway.migration.Comparison;
import java.time.Duration;
import java.util.Optional;

/**
 * What a pass has found.
 *
 * @param changed how many objects were not the same, and were brought over or are to be
 * @param unproved how many of those another pass has to find the same
 * @param last one of them
 * @param missing bytes that were brought over
 * @param comparison of the others and of those that were proved, where the pass was to compare
 */
record Found(long changed, long unproved, Optional<String> last, long missing, Comparison comparison, Duration took) {
    /** The proof that nothing is missing; empty where there is none. */
    Optional<Comparison.Same> proof() {
        return unproved == 0 && comparison instanceof Comparison.Same same ? Optional.of(same) : Optional.empty();
    }
}
