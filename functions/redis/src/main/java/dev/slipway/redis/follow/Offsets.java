package dev.slipway.redis.follow;

import dev.slipway.redis.session.RedisStore;

/** How far a server's own stream is. */
final class Offsets {
    private Offsets() {}

    static long of(RedisStore store) {
        return Long.parseLong(store.info("replication").getOrDefault("master_repl_offset", "0"));
    }
}
