package dev.slipway.migration;

import java.util.List;

/**
 * The part of a copy that one worker does.
 *
 * @param name tells it from its siblings; in order, from {@code 0001}
 * @param snapshot the moment of the source that all of them copy, as the source names it for as long as it is held
 * @param claim the claim on the target under which all of them copy; void once another worker or attempt has made a later one
 * @param bytes of the source that it has, an estimate
 */
public record Shard(String name, String snapshot, String claim, long bytes, List<Piece> pieces) {
    public Shard {
        pieces = List.copyOf(pieces);
    }

    /**
     * What is copied, and noted, as one.
     *
     * @param table it is of, in a database
     * @param part of the table, or of the store, as the engine calls it
     */
    public record Piece(String table, String part) {}
}
