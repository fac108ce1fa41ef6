package dev.slipway.redis.follow;

import dev.slipway.migration.Accord;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.StoreUnreachable;
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

    /** @throws TurnRefused if they are not */
    static Comparison.Same demandSame(Comparison proof) {
        proof.obstacle().ifPresent(obstacle -> {
            throw new TurnRefused(obstacle);
        });
        return (Comparison.Same) proof;
    }

    /**
     * Lets the writer take writes as before, by a connection that another turn would have ended.
     *
     * @param leave leaves the side that follows to whoever comes next
     */
    void lift(Runnable leave, Runnable lift) {
        lift.run();
        try {
            leave.run();
        } catch (StoreUnreachable e) {
            // Whoever comes next takes it from one that has been silent for long.
        }
    }

    /**
     * Ends what is brought to the side that is to take the writes.
     *
     * @param remove ends it; false where another turn has taken this one's place
     * @throws TurnRefused if the side does not take that
     */
    void commit(BooleanSupplier remove) {
        try {
            if (!remove.getAsBoolean()) {
                throw overtaken();
            }
        } catch (ChangeWriter.Refused e) {
            throw new TurnRefused("the target answered '" + e.said() + "'");
        }
    }

    FollowFailed overtaken() {
        return new FollowFailed(
                "let " + to.url() + " take the writes of " + from.url(),
                "another command has taken this one's place",
                "leave it to that one");
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
