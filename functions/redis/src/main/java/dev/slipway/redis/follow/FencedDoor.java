package dev.slipway.redis.follow;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.fence.OwnAccess;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.fence.ServerSettings;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.RedisStore;

/**
 * A fence, behind which a user of our own may write. A server without CONFIG cannot be closed so; nor is one of which only a database
 * is followed, since others may be somebody's.
 */
record FencedDoor(RedisFence fence, StoreUrl follower, StoreUrl writer) implements Door {

    @Override
    public void close(RedisStore side) {
        if (mayBeClosed(side) && !isClosed(side)) {
            fence.fence(side, token());
        }
    }

    @Override
    public StoreUrl ours(RedisStore side) {
        return isClosed(side) ? OwnAccess.open(side, token()) : follower;
    }

    @Override
    public void open(RedisStore side) {
        if (isClosed(side)) {
            fence.unfence(side, token());
        }
    }

    private boolean mayBeClosed(RedisStore side) {
        return !DatabasePair.isOne(follower)
                && !DatabasePair.isOne(writer)
                && ServerSettings.of(side).isPresent();
    }

    private boolean isClosed(RedisStore side) {
        return fence.marked(side).filter(token()::equals).isPresent();
    }

    private FenceToken token() {
        return Side.turnedTo(writer);
    }
}
