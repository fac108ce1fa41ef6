package dev.slipway.redis.follow;

import dev.slipway.migration.Accord;
import dev.slipway.migration.Progress;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.compare.RedisCompare;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.repair.ExpiryMend;
import dev.slipway.redis.session.RedisStore;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What there is to turn, and with what.
 *
 * @param from takes the writes
 * @param to is to take them
 * @param longest that neither may
 */
record TurnTask(
        RedisStore from,
        RedisStore to,
        RedisFence fence,
        RedisCompare compare,
        Duration longest,
        Accord accord,
        Progress progress) {
    private static final Duration LOOK = Duration.ofMillis(20);

    /** Of what differs by its expiry alone; how many keys did. Half of what a comparison tolerates is left, so that it finds them near. */
    int mendExpiries(List<byte[]> names) {
        return new ExpiryMend(from, to, compare.tolerance().dividedBy(2)).run(names);
    }

    /** Looks until all stores that turn together have come as far. */
    static void await(BooleanSupplier agreed) {
        try {
            while (!agreed.getAsBoolean()) {
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FollowFailed(
                    "turn a Redis", "it was interrupted", "run the same again: it goes on where it was", e);
        }
    }
}
