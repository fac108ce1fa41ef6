package dev.slipway.redis.follow;

import dev.slipway.redis.follow.KeyBringer.Brought;
import dev.slipway.redis.follow.KeyBringer.Overtaken;
import dev.slipway.redis.follow.KeyBringer.Unbrought;
import dev.slipway.redis.session.RedisStore;
import java.util.List;
import java.util.function.Supplier;

/**
 * A target that has followed by passes. As long as its state is there it is not the writer.
 *
 * @param side by our own login, by which it is opened
 */
record PassedSide(TurnTask task, ClosedFollower follower, RedisStore side, KeyBringer keys) implements Taker {

    /** From here on nobody else brings changes. */
    static PassedSide takeOver(TurnTask task, ClosedFollower follower, RedisStore side) {
        ChangeWriter writer = ChangeWriter.takeOver(task.to());
        return new PassedSide(task, follower, side, KeyBringer.of(task.from(), task.to(), task.compare(), writer));
    }

    @Override
    public void bringAll() {
        brought(() -> keys.all(task.progress()));
    }

    @Override
    public int bring(List<byte[]> names) {
        return brought(() -> keys.some(names)).keys();
    }

    private Brought brought(Supplier<Brought> work) {
        try {
            return work.get();
        } catch (Overtaken e) {
            throw task.overtaken();
        } catch (Unbrought e) {
            throw new TurnRefused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void commit() {
        task.commit(keys::remove);
    }

    @Override
    public void open() {
        follower.release(side);
    }

    @Override
    public void leave() {
        keys.leave();
    }

    @Override
    public void close() {
        keys.close();
    }
}
