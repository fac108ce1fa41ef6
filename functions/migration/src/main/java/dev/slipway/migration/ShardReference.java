package dev.slipway.migration;

/**
 * A shard as the machine knows it: the rest lies in the artifacts, under its name.
 *
 * @param bytes of the source that it has, an estimate
 */
public record ShardReference(String shard, long bytes) {
    public static ShardReference of(Shard shard) {
        return new ShardReference(shard.name(), shard.bytes());
    }
}
