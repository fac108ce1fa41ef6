package dev.slipway.redis.compare;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.List;

/**
 * Compares every key of both sides: type, whole value and expiry. Two servers may encode one value differently, and then
 * what DUMP gives differs: only then the values themselves are read. A key that is missing on one side only because its time has come is no difference.
 */
public final class RedisCompare {
    private static final int AT_ONCE = 32;

    private final Duration tolerance;

    public RedisCompare(Duration tolerance) {
        this.tolerance = tolerance;
    }

    public Comparison compare(StoreUrl sourceUrl, StoreUrl targetUrl, Progress progress) {
        try (RedisStore source = RedisStore.open(sourceUrl);
                RedisStore target = RedisStore.open(targetUrl)) {
            Findings findings = new Findings(source, progress);
            for (DatabasePair pair : DatabasePair.of(source, target)) {
                compare(pair, source, target, findings);
            }
            return findings.outcome();
        } catch (RedisCommandExecutionException e) {
            return new Comparison.Unknown("a server answered '" + RedisStore.reason(e) + "'");
        }
    }

    private void compare(DatabasePair pair, RedisStore source, RedisStore target, Findings findings) {
        KeyCompare keys = new KeyCompare(
                new KeySide(source, pair.source()), new KeySide(target, pair.target()), tolerance, findings);
        try (BoundedTasks tasks = new BoundedTasks("redis-compare", AT_ONCE)) {
            KeyBatches batches = KeyBatches.withValues(source, pair.source());
            while (batches.hasNext()) {
                List<byte[]> batch = batches.next();
                Dump.Pending wanted = Dump.request(source, pair.source(), batch);
                Dump.Pending found = Dump.request(target, pair.target(), batch);
                compare(wanted.await(), found.await(), pair, keys, tasks, findings);
            }
            KeyBatches others = KeyBatches.ofNames(target, pair.target());
            while (others.hasNext()) {
                source.absent(pair.source(), others.next()).forEach(key -> tasks.run(() -> keys.compareExtra(key)));
            }
            tasks.await();
        }
    }

    /** What is serialised alike is alike; of anything else the value itself is read. */
    private void compare(
            List<Dump> wanted,
            List<Dump> found,
            DatabasePair pair,
            KeyCompare keys,
            BoundedTasks tasks,
            Findings findings) {
        for (int i = 0; i < wanted.size(); i++) {
            Dump dump = wanted.get(i);
            if (dump.isSame(found.get(i), tolerance)) {
                findings.same(pair.source(), dump.key(), dump.digest(), dump.size());
            } else {
                tasks.run(() -> keys.compare(dump));
            }
        }
    }
}
