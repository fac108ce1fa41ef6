package dev.slipway.redis.copy;

import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;

/** Tells whether a target that ran out of memory has removed keys by its policy, as most do by default, and said nothing. */
record Evictions(RedisStore target, long before) {
    static Evictions of(RedisStore target) {
        return new Evictions(target, count(target));
    }

    /** @throws CopyFailed if it has removed keys since */
    void requireNone(String what) {
        long removed = count(target) - before;
        if (removed > 0) {
            throw new CopyFailed(
                    what,
                    "the target ran out of memory and has removed " + removed + " keys by its policy",
                    "take a larger node, or set its maxmemory-policy to noeviction until it is done, empty it and copy again");
        }
    }

    private static long count(RedisStore store) {
        try {
            return store.servers(0).stream()
                    .map(server -> store.info(server, "stats"))
                    .mapToLong(stats -> Long.parseLong(stats.getOrDefault("evicted_keys", "0")))
                    .sum();
        } catch (RedisCommandExecutionException e) {
            // Not every user may ask.
            return 0;
        }
    }
}
