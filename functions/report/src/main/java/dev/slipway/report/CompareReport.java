package dev.slipway.report;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.StoreResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the last compare of a store's two sides found.
 *
 * @param items rows, keys or objects compared, where the sides are the same
 * @param bytes compared, where the sides are the same
 * @param digest SHA-256 over the content in hex, where the sides are the same
 * @param differing how many items differ; {@code differences} lists the first of them
 * @param reason why it could not be told
 * @param seconds that it took
 * @param at when it ended
 */
public record CompareReport(
        Outcome outcome,
        Optional<Long> items,
        Optional<Long> bytes,
        Optional<String> digest,
        Optional<Long> differing,
        List<Comparison.Difference> differences,
        Optional<String> reason,
        double seconds,
        Instant at) {
    private static final String DIGEST = "sha256 ";

    public CompareReport {
        differences = List.copyOf(differences);
        reason = reason.map(Redaction::of);
    }

    public static CompareReport of(StoreResult verified) {
        Outcome outcome = switch (verified.outcome()) {
            case SAME -> Outcome.SAME;
            case DIFFERENT -> Outcome.DIFFERENT;
            case UNKNOWN, DONE, SKIPPED, FAILED -> Outcome.UNKNOWN;
        };
        boolean same = outcome == Outcome.SAME;
        return new CompareReport(
                outcome,
                same ? Optional.of(verified.items()) : Optional.empty(),
                same ? Optional.of(verified.bytes()) : Optional.empty(),
                same ? Optional.of(verified.detail().replace(DIGEST, "")) : Optional.empty(),
                verified.differences().map(Comparison.Different::total),
                verified.differences().map(Comparison.Different::first).orElse(List.of()),
                outcome == Outcome.UNKNOWN ? Optional.of(verified.detail()) : Optional.empty(),
                verified.seconds(),
                verified.ended());
    }

    /** What the compare says. */
    public enum Outcome {
        SAME,
        DIFFERENT,
        UNKNOWN
    }
}
