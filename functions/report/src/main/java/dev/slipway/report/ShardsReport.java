package dev.slipway.report;

import java.util.List;

/**
 * The parts of a copy that several workers made at once.
 *
 * @param atOnce how many of them at most
 */
public record ShardsReport(int atOnce, List<Shard> shards) {
    public ShardsReport {
        shards = List.copyOf(shards);
    }

    /**
     * One of them.
     *
     * @param workers how many it took in turn, 1 where none was replaced
     */
    public record Shard(String name, long items, long bytes, double seconds, int workers) {}

    /** Of all of them. */
    public long items() {
        return shards.stream().mapToLong(Shard::items).sum();
    }

    /** Of all of them. */
    public long bytes() {
        return shards.stream().mapToLong(Shard::bytes).sum();
    }
}
