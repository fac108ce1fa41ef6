package dev.slipway.redis.follow;

import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.fence.OwnAccess;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.fence.ServerSettings;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.RedisStore;
import java.util.Optional;

/**
 * The side that follows by a stream: from the end of the copy until it takes the writes nobody but us may write there. A managed
 * server cannot be closed so; nor is one of which only a database is followed, since others may be somebody's.
 */
final class ClosedFollower {
    private final RedisFence fence;
    private final StoreUrl follower;
    private final StoreUrl writer;

    ClosedFollower(RedisFence fence, StoreUrl follower, StoreUrl writer) {
        this.fence = fence;
        this.follower = follower;
        this.writer = writer;
    }

    /** Closes it where it is not, and opens the way for us. */
    RedisStore close() {
        if (mayBeClosed() && !isClosed()) {
            fence.fence(follower, Side.turnedTo(writer));
        }
        return open();
    }

    /** For us to write to, whether it is closed or not. */
    RedisStore open() {
        return RedisStore.open(isClosed() ? OwnAccess.open(follower, Side.turnedTo(writer)) : follower);
    }

    /** The state of the stream from the writer; empty where none or another flows. */
    Optional<StreamState> stream() {
        try (RedisStore store = RedisStore.open(follower)) {
            return StreamState.of(store, writer);
        }
    }

    /** From here on everybody writes. */
    void release() {
        if (isClosed()) {
            fence.unfence(follower, Side.turnedTo(writer));
        }
    }

    private boolean mayBeClosed() {
        try (RedisStore store = RedisStore.open(follower)) {
            return !DatabasePair.isOne(follower)
                    && !DatabasePair.isOne(writer)
                    && ServerSettings.of(store).isPresent();
        }
    }

    private boolean isClosed() {
        try (RedisStore store = RedisStore.open(follower)) {
            return fence.marked(store).filter(Side.turnedTo(writer)::equals).isPresent();
        }
    }
}
