package dev.slipway.redis.compare;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.keys.MovingSlots;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.List;

/**
 * Compares every key of both sides: type, whole value and expiry. A key that is missing on one side only because its time has come is
 * no difference, and what a copy keeps on its target until it is complete is none.
 */
public final class RedisCompare {
    private static final int BATCHES = 3;
    private static final int KEYS = 16;

    private final Duration tolerance;

    public RedisCompare(Duration tolerance) {
        this.tolerance = tolerance;
    }

    public Comparison compare(StoreUrl sourceUrl, StoreUrl targetUrl, Progress progress) {
        try (RedisStore source = RedisStore.open(sourceUrl);
                RedisStore target = RedisStore.open(targetUrl)) {
            return compare(source, target, progress, (side, database, key) -> {});
        } catch (RedisCommandExecutionException e) {
            return new Comparison.Unknown("a server answered '" + RedisStore.reason(e) + "'");
        }
    }

    /** @throws RedisCommandExecutionException if a server refused a command */
    public Comparison compare(RedisStore source, RedisStore target, Progress progress, DifferingKeys differing) {
        Findings findings = new Findings(source, progress, differing);
        boolean settled = MovingSlots.settle(source, target, first -> {
            for (DatabasePair pair : DatabasePair.of(source, target)) {
                compare(pair, source, target, findings);
            }
        });
        if (!settled) {
            findings.unsettled();
        }
        if (isUnfinished(target)) {
            findings.unfinished();
        }
        return findings.outcome();
    }

    private static boolean isUnfinished(RedisStore target) {
        return target.await(target.database(DatabasePair.claimed(target)).exists(OurKeys.claim())) > 0;
    }

    private void compare(DatabasePair pair, RedisStore source, RedisStore target, Findings findings) {
        KeySide here = KeySide.of(source, pair.source());
        KeySide there = KeySide.of(target, pair.target());
        KeyCompare single = new KeyCompare(here, there, tolerance, findings);
        try (BoundedTasks keys = new BoundedTasks("redis-compare-key", KEYS);
                BoundedTasks batches = new BoundedTasks("redis-compare", BATCHES)) {
            BatchCompare many = new BatchCompare(here, there, tolerance, single, keys, findings);
            KeyBatches all = KeyBatches.ofNames(source, pair.source());
            while (all.hasNext()) {
                List<byte[]> batch = all.next();
                batches.run(() -> many.compare(batch));
            }
            if (pair.isFirst()) {
                compareExtras(pair, source, target, single, batches, keys);
            }
            batches.await();
            keys.await();
        }
    }

    private static void compareExtras(
            DatabasePair pair,
            RedisStore source,
            RedisStore target,
            KeyCompare single,
            BoundedTasks batches,
            BoundedTasks keys) {
        KeyBatches others = KeyBatches.ofNames(target, pair.target());
        while (others.hasNext()) {
            List<byte[]> batch =
                    others.next().stream().filter(key -> !OurKeys.isOurs(key)).toList();
            batches.run(() -> pair.absent(source, batch).forEach(key -> keys.run(() -> single.compareExtra(key))));
        }
    }
}
