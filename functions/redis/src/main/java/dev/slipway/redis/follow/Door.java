package dev.slipway.redis.follow;

import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;

/** What keeps everybody but us from writing to a side that follows; worked by a connection that another command may have ended. */
interface Door {
    void close(RedisStore side);

    /** By which we may write, whether it is closed or not. */
    StoreUrl ours(RedisStore side);

    void open(RedisStore side);
}
