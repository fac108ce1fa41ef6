package dev.slipway.redis.follow;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.fence.OwnAccess;
import dev.slipway.redis.repair.RedisRepair;
import dev.slipway.redis.session.RedisStore;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A side that has given its writes away and is to take them back. Until it is open, nobody but us can write to it. */
final class ReturningSide implements Taker {
    private final TurnTask task;
    private final FenceToken token;
    private final StoreUrl url;
    private final RedisRepair repair;

    /** By our own login. */
    private @Nullable RedisStore ours;

    private ReturningSide(TurnTask task, FenceToken token, StoreUrl url) {
        this.task = task;
        this.token = token;
        this.url = url;
        this.repair = new RedisRepair(task.compare(), task.progress());
    }

    static ReturningSide of(TurnTask task) {
        FenceToken token = Side.turnedTo(task.from().url());
        return new ReturningSide(task, token, OwnAccess.open(task.to(), token));
    }

    @Override
    public void bringAll() {
        repair.run(task.from().url(), url);
        ours = RedisStore.open(url);
    }

    @Override
    public int bring(List<byte[]> names) {
        return repair.some(task.from(), Objects.requireNonNull(ours), names);
    }

    /** Its fence says so until it is open. */
    @Override
    public void commit() {}

    @Override
    public void open() {
        task.fence().unfence(task.to(), token);
    }

    /** Its fence stands, and whoever comes next opens it anew. */
    @Override
    public void leave() {}

    @Override
    public void close() {
        if (ours != null) {
            ours.close();
        }
    }
}
