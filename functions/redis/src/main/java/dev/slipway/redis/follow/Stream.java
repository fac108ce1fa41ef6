package dev.slipway.redis.follow;

import dev.slipway.redis.session.RedisStore;

/** Both ends and what goes between them. */
record Stream(RedisStore from, RedisStore to, Flow flow) implements AutoCloseable {
    @Override
    public void close() {
        flow.close();
        from.close();
        to.close();
    }
}
