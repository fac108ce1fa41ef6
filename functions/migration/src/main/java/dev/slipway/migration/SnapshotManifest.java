package dev.slipway.migration;

import java.util.List;

/**
 * What a safety copy consists of.
 *
 * @param format how the parts are written, e.g. {@code pg_dump custom}
 * @param items rows, keys or objects in it
 */
public record SnapshotManifest(StoreKind kind, String format, long items, List<Part> parts) {
    public SnapshotManifest {
        parts = List.copyOf(parts);
    }

    /** One artifact of the copy, with its size in bytes and the SHA-256 of its content in hex. */
    public record Part(String key, long bytes, String sha256) {}
}
