package dev.slipway.redis.follow;

import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;

/** What keeps everybody but us from writing to a side that follows. */
interface Door {
    void close();

    /** By which we may write, whether it is closed or not. */
    StoreUrl ours();

    /** @param side by whose connection it is opened, unless another has ended that */
    void open(RedisStore side);
}
