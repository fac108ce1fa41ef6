package dev.slipway.redis.follow;

import dev.slipway.migration.Comparison;
import java.util.Optional;

/** What a comparison means for a turn. */
final class Proofs {
    private Proofs() {}

    /** Why it is none. */
    static Optional<String> reason(Comparison proof) {
        return switch (proof) {
            case Comparison.Same _ -> Optional.empty();
            case Comparison.Different different ->
                Optional.of(different.total() + " differences, the first: "
                        + different.first().getFirst().item() + " "
                        + different.first().getFirst().detail());
            case Comparison.Unknown unknown -> Optional.of(unknown.reason());
        };
    }
}
