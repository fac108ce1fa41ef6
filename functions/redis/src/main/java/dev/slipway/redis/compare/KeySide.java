package dev.slipway.redis.compare;

import dev.slipway.redis.keys.Expiry;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.List;

/** One side of a comparison: a database and how to wait for its answers. */
record KeySide(RedisStore store, int database) {

    RedisAsyncCommands<byte[], byte[]> commands() {
        return store.database(database);
    }

    <T> T await(RedisFuture<T> answer) {
        return store.await(answer);
    }

    /** What is known of a key without its value. */
    record Facts(String type, Expiry expiry, long now) {
        boolean isGone() {
            return type.equals("none") || expiry.equals(Expiry.GONE);
        }
    }

    Facts facts(byte[] key) {
        RedisFuture<String> type = commands().type(key);
        RedisFuture<List<byte[]>> time = commands().time();
        RedisFuture<Long> ttl = commands().pttl(key);
        List<byte[]> now = await(time);
        return new Facts(await(type), Expiry.of(now, await(ttl)), Expiry.now(now));
    }
}
