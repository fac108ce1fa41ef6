package dev.slipway.redis.follow;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.fence.OwnAccess;
import dev.slipway.redis.repair.RedisRepair;
import dev.slipway.redis.session.RedisStore;
import java.util.List;

/**
 * A side that has given its writes away and is to take them back. Until it is open, nobody but us can write to it.
 *
 * @param ours the side by our own login
 */
record ReturningSide(TurnTask task, FenceToken token, RedisStore ours, RedisRepair repair) implements Taker {

    static ReturningSide of(TurnTask task) {
        FenceToken token = Side.turnedTo(task.from().url());
        StoreUrl ours = OwnAccess.open(task.to(), token);
        return new ReturningSide(task, token, RedisStore.open(ours), new RedisRepair(task.compare(), task.progress()));
    }

    @Override
    public void bringAll() {
        repair.run(task.from().url(), ours.url());
    }

    @Override
    public int bring(List<byte[]> names) {
        return repair.some(task.from(), ours, names);
    }

    @Override
    public void open() {
        task.fence().unfence(task.to(), token);
    }

    @Override
    public void leave() {}

    @Override
    public void close() {
        ours.close();
    }
}
