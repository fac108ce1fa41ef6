package dev.slipway.migration;

import java.util.List;
import java.util.Optional;

/** The outcome of comparing two stores by their content. Only {@link Same} lets a run go on. */
public sealed interface Comparison {
    /** Why it is no proof that both are the same; empty where it is one. */
    default Optional<String> obstacle() {
        return switch (this) {
            case Same _ -> Optional.empty();
            case Different different ->
                Optional.of(different.total() + " differences, the first: "
                        + different.first().getFirst().item() + " "
                        + different.first().getFirst().detail());
            case Unknown unknown -> Optional.of(unknown.reason());
        };
    }

    /**
     * Every item was read on both sides and is equal.
     *
     * @param items rows, keys or objects compared
     * @param digest SHA-256 over the content, in hex
     * @param findings what a person should know of it
     */
    record Same(long items, long bytes, String digest, List<Finding> findings) implements Comparison {
        public Same {
            findings = List.copyOf(findings);
        }

        public Same(long items, long bytes, String digest) {
            this(items, bytes, digest, List.of());
        }
    }

    /**
     * Something differs.
     *
     * @param total how many differ; {@code first} lists the first of them
     */
    record Different(long total, List<Difference> first) implements Comparison {
        public Different {
            first = List.copyOf(first);
        }
    }

    /** It could not be told: never taken for same. */
    record Unknown(String reason) implements Comparison {}

    /** One row, key or object that is not the same on both sides. */
    record Difference(Side side, String item, String detail) {}

    /** Where an item is. */
    enum Side {
        ONLY_SOURCE,
        ONLY_TARGET,
        BOTH
    }
}
