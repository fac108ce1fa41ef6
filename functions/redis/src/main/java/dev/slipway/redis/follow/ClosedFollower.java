package dev.slipway.redis.follow;

import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;
import java.util.Optional;

/** The side that follows by a stream: from the end of the copy until it takes the writes nobody but us may write there. */
record ClosedFollower(Door door, StoreUrl follower, StoreUrl writer) {

    /** Closes it where it is not, and opens the way for us. */
    RedisStore close() {
        door.close();
        return open();
    }

    /** For us to write to, whether it is closed or not. */
    RedisStore open() {
        return RedisStore.open(door.ours());
    }

    /** The state of the stream from the writer; empty where none or another flows. */
    Optional<StreamState> stream() {
        try (RedisStore store = RedisStore.open(follower)) {
            return StreamState.of(store, writer);
        }
    }

    /** From here on everybody writes. */
    void release(RedisStore side) {
        door.open(side);
    }
}
