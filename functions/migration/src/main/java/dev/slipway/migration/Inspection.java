package dev.slipway.migration;

import java.util.List;

/**
 * What a store is and holds.
 *
 * @param version the server's own version text; empty for files
 * @param items rows (an estimate is enough), keys or objects
 * @param bytes size of the data, an estimate where the server gives no better
 * @param empty whether nothing of a user's is in it
 * @param details what only a store of this kind has
 */
public record Inspection(
        StoreKind kind,
        String version,
        long items,
        long bytes,
        boolean empty,
        Details details,
        List<Finding> findings) {
    public Inspection {
        findings = List.copyOf(findings);
    }

    public Inspection(StoreKind kind, String version, long items, long bytes, boolean empty, List<Finding> findings) {
        this(kind, version, items, bytes, empty, Details.NONE, findings);
    }
}
