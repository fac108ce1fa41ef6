package dev.slipway.redis.copy;

import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.RedisStore;
import java.util.List;

/** Which keys have another value or expiry on either side, found out without a large value's whole size in memory. */
@FunctionalInterface
public interface SameKeys {
    /** Those of the keys that are not the same, in any order. */
    List<byte[]> different(RedisStore source, RedisStore target, DatabasePair pair, List<byte[]> keys);
}
