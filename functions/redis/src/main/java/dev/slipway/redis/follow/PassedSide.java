package dev.slipway.redis.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.follow.KeyBringer.Brought;
import dev.slipway.redis.follow.KeyBringer.Overtaken;
import dev.slipway.redis.session.RedisStore;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A target that has followed by passes. As long as its state is there it is not the writer.
 *
 * @param side by our own login, by which it is opened
 */
record PassedSide(TurnTask task, ClosedFollower follower, RedisStore side, KeyBringer keys) implements Taker {

    /** From here on nobody else brings changes. */
    static PassedSide takeOver(TurnTask task, ClosedFollower follower, RedisStore side) {
        ChangeWriter writer = ChangeWriter.takeOver(task.to(), UUID.randomUUID().toString());
        return new PassedSide(task, follower, side, KeyBringer.of(task.from(), task.to(), task.compare(), writer));
    }

    @Override
    public void bringAll() {
        ours(() -> keys.all(task.progress()));
    }

    @Override
    public int bring(List<byte[]> names) {
        return ours(() -> keys.some(names)).keys();
    }

    private static Brought ours(Supplier<Brought> work) {
        try {
            return work.get();
        } catch (Overtaken e) {
            throw new FollowFailed(
                    "bring the last changes over",
                    "another turn has taken this one's place",
                    "leave it to that one",
                    e);
        }
    }

    @Override
    public void open() {
        StreamState.remove(task.to());
        follower.release(side);
    }

    @Override
    public void leave() {
        StreamState.leave(task.to());
    }

    @Override
    public void close() {
        keys.close();
    }
}
