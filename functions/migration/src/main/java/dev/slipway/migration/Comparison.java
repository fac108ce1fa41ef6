package dev.slipway.migration;

import java.util.List;

/** The outcome of comparing two stores by their content. Only {@link Same} lets a run go on. */
public sealed interface Comparison {
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
