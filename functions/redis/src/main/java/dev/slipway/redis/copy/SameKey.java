package dev.slipway.redis.copy;

import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.RedisStore;

/** Whether a key has the same value and expiry on both sides, found out without either value's whole size in memory. */
@FunctionalInterface
public interface SameKey {
    boolean isSame(RedisStore source, RedisStore target, DatabasePair pair, byte[] key);
}
