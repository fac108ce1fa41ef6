package dev.slipway.report;

import dev.slipway.migration.Comparison;
import java.util.List;
import java.util.Optional;

/**
 * What the compare of a store's two sides found.
 *
 * @param items rows, keys or objects compared, where the sides are the same
 * @param bytes compared, where the sides are the same
 * @param digest SHA-256 over the content in hex, where the sides are the same
 * @param differing how many items differ; {@code differences} lists the first of them
 * @param reason why it could not be told
 */
public record CompareReport(
        Outcome outcome,
        Optional<Long> items,
        Optional<Long> bytes,
        Optional<String> digest,
        Optional<Long> differing,
        List<Comparison.Difference> differences,
        Optional<String> reason) {

    public CompareReport {
        differences = List.copyOf(differences);
        reason = reason.map(Redaction::of);
    }

    public static CompareReport of(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Same(long items, long bytes, String digest) ->
                new CompareReport(
                        Outcome.SAME,
                        Optional.of(items),
                        Optional.of(bytes),
                        Optional.of(digest),
                        Optional.empty(),
                        List.of(),
                        Optional.empty());
            case Comparison.Different(long total, List<Comparison.Difference> first) ->
                withoutCounts(Outcome.DIFFERENT, Optional.of(total), first, Optional.empty());
            case Comparison.Unknown(String reason) ->
                withoutCounts(Outcome.UNKNOWN, Optional.empty(), List.of(), Optional.of(reason));
        };
    }

    private static CompareReport withoutCounts(
            Outcome outcome,
            Optional<Long> differing,
            List<Comparison.Difference> differences,
            Optional<String> reason) {
        return new CompareReport(
                outcome, Optional.empty(), Optional.empty(), Optional.empty(), differing, differences, reason);
    }

    /** What the compare says. */
    public enum Outcome {
        SAME,
        DIFFERENT,
        UNKNOWN
    }
}
