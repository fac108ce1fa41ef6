package dev.slipway.redis.copy;

import dev.slipway.migration.Progress;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Tells whether a target that ran out of memory has removed keys by its policy, as most do by default, and said nothing. */
record Evictions(RedisStore target, long before) {
    /** Each of up to 500 keys or a megabyte. */
    private static final int BATCHES = 20;

    static Evictions of(RedisStore target) {
        return new Evictions(target, count(target));
    }

    /** Asks now and then, as the copy tells how far it is: what goes on is in vain. */
    Progress ending(Progress progress, String what) {
        AtomicInteger told = new AtomicInteger();
        return amount -> {
            if (told.incrementAndGet() % BATCHES == 0) {
                requireNone(what);
            }
            progress.report(amount);
        };
    }

    /** @throws CopyFailed if it has removed keys when the work is done, or ended because its claim is gone */
    <T> T during(Supplier<T> work, String what) {
        try {
            T done = work.get();
            requireNone(what);
            return done;
        } catch (StaleAttempt e) {
            // The claim may have been among what was removed.
            requireNone(what);
            throw e;
        }
    }

    private void requireNone(String what) {
        long removed = count(target) - before;
        if (removed > 0) {
            throw new CopyFailed(
                    what,
                    "the target ran out of memory and has removed " + removed + " keys by its policy",
                    "take a larger node, or set its maxmemory-policy to noeviction until it is done, empty it and copy again");
        }
    }

    private static long count(RedisStore store) {
        try {
            return store.servers(0).stream()
                    .map(server -> store.info(server, "stats"))
                    .mapToLong(stats -> Long.parseLong(stats.getOrDefault("evicted_keys", "0")))
                    .sum();
        } catch (RedisCommandExecutionException e) {
            // Not every user may ask.
            return 0;
        }
    }
}
