package dev.slipway.redis.follow;

import dev.slipway.migration.Progress;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.follow.RedisFollowing.Verbs;
import dev.slipway.redis.session.RedisStore;
import java.time.Duration;

/**
 * What there is to turn, and with what.
 *
 * @param from takes the writes
 * @param to is to take them
 * @param longest that neither may
 */
record TurnTask(RedisStore from, RedisStore to, RedisFence fence, Verbs verbs, Duration longest, Progress progress) {

    /** @param began by {@link System#nanoTime} */
    boolean isLate(long began) {
        return System.nanoTime() - began > longest.toNanos();
    }
}
