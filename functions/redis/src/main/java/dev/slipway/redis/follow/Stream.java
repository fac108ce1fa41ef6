package dev.slipway.redis.follow;

import dev.slipway.redis.session.RedisStore;

/** Both ends and what goes between them. */
record Stream(RedisStore from, RedisStore to, Relay relay) implements AutoCloseable {
    @Override
    public void close() {
        relay.close();
        from.close();
        to.close();
    }
}
