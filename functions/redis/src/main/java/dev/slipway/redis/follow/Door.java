package dev.slipway.redis.follow;

import dev.slipway.migration.StoreUrl;

/** What keeps everybody but us from writing to a side that follows. */
interface Door {
    void close();

    /** By which we may write, whether it is closed or not. */
    StoreUrl ours();

    void open();
}
