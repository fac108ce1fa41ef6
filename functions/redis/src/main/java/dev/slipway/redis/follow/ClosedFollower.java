package dev.slipway.redis.follow;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.session.RedisStore;
import java.util.Optional;

/** The side that follows: from the end of the copy until it takes the writes nobody but us may write there. */
record ClosedFollower(Door door, StoreUrl follower, StoreUrl writer) {

    /**
     * Closes it where it is not, and opens the way for us.
     *
     * @throws FollowFailed if nothing is to be brought there any more
     */
    RedisStore close() {
        try (RedisStore side = SoleTurn.join(follower, writer)) {
            demandFollowing(side);
            door.close(side);
            return RedisStore.open(door.ours(side));
        }
    }

    /**
     * For us to write to, whether it is closed or not.
     *
     * @throws FollowFailed if nothing is to be brought there any more
     */
    RedisStore open() {
        try (RedisStore side = SoleTurn.join(follower, writer)) {
            demandFollowing(side);
            return RedisStore.open(door.ours(side));
        }
    }

    /** For a copy, before which nothing follows. */
    RedisStore openForCopy() {
        try (RedisStore side = SoleTurn.join(follower, writer)) {
            return RedisStore.open(door.ours(side));
        }
    }

    private void demandFollowing(RedisStore side) {
        if (StreamState.of(side, writer).isEmpty()) {
            throw new FollowFailed(
                    "bring changes of " + writer + " to " + follower,
                    "another command has ended that",
                    "see who takes the writes");
        }
    }

    /** The state of the stream from the writer; empty where none or another flows. */
    Optional<StreamState> stream() {
        try (RedisStore store = RedisStore.open(follower)) {
            return StreamState.of(store, writer);
        }
    }

    /** From here on everybody writes. Whoever was about to close it, or to open the way for itself, does so no more. */
    void release(RedisStore side) {
        SoleTurn.endOthers(side, follower, writer);
        door.open(side);
    }
}
