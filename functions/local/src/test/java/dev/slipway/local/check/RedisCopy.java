package dev.slipway.local.check;

import dev.slipway.migration.StoreUrl;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.List;

/** Makes a second Redis that is the same, expiry included, for tests of what tells two apart. */
final class RedisCopy {
    private static final List<Integer> DATABASES = List.of(0, 1, 5);

    private RedisCopy() {}

    static void copy(StoreUrl from, StoreUrl to) {
        try (RedisClient source = RedisClient.create(from.reveal());
                RedisClient target = RedisClient.create(to.reveal())) {
            RedisCommands<byte[], byte[]> reads =
                    source.connect(ByteArrayCodec.INSTANCE).sync();
            RedisCommands<byte[], byte[]> writes =
                    target.connect(ByteArrayCodec.INSTANCE).sync();
            for (int database : DATABASES) {
                reads.select(database);
                writes.select(database);
                ScanIterator.scan(reads).forEachRemaining(key -> copy(key, reads, writes));
            }
        }
    }

    private static void copy(byte[] key, RedisCommands<byte[], byte[]> reads, RedisCommands<byte[], byte[]> writes) {
        long left = reads.pttl(key);
        RestoreArgs expiry = left < 0
                ? RestoreArgs.Builder.ttl(0)
                : RestoreArgs.Builder.ttl(System.currentTimeMillis() + left).absttl();
        writes.restore(key, reads.dump(key), expiry);
    }
}
