package dev.slipway.redis.compare;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.keys.ChangedKeys;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.keys.MovingSlots;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

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

    /** How far apart the times may be at which a key expires on both sides. */
    public Duration tolerance() {
        return tolerance;
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
    public Comparison compare(RedisStore source, RedisStore target, Progress progress, KeyListener listener) {
        Findings findings = new Findings(keys(source), progress, listener, new SeenTally());
        boolean settled = MovingSlots.settle(source, target, first -> {
            for (DatabasePair pair : DatabasePair.of(source, target)) {
                compareAll(pair, source, target, findings);
            }
        });
        if (!settled) {
            findings.unsettled();
        }
        return outcome(findings, target);
    }

    /** Whether the keys of these names, in every database, hold the same on both sides, or are on neither. */
    public boolean areSame(RedisStore source, RedisStore target, List<byte[]> names) {
        return names.isEmpty()
                || DatabasePair.of(source, target).stream()
                        .allMatch(pair -> different(source, target, pair, names).isEmpty());
    }

    /** Those of them that do not hold the same on both sides; none that are on neither. */
    public List<byte[]> different(RedisStore source, RedisStore target, DatabasePair pair, List<byte[]> names) {
        List<byte[]> different = new SameValues(tolerance).different(source, target, pair, names);
        List<byte[]> here = present(source, pair.source(), different);
        List<byte[]> there = present(target, pair.target(), different);
        Set<byte[]> either = Collections.newSetFromMap(new IdentityHashMap<>());
        either.addAll(here);
        either.addAll(there);
        return different.stream().filter(either::contains).toList();
    }

    private static List<byte[]> present(RedisStore store, int database, List<byte[]> keys) {
        Set<byte[]> absent = Collections.newSetFromMap(new IdentityHashMap<>());
        absent.addAll(store.absent(database, keys));
        return keys.stream().filter(key -> !absent.contains(key)).toList();
    }

    /**
     * A comparison of two servers, no clusters, which are written to meanwhile.
     *
     * @param changed is told of the keys already that are changed, and is to be; what is not the same is put to them
     * @throws RedisCommandExecutionException if a server refused a command
     */
    public EarlierComparison beforehand(RedisStore source, RedisStore target, Progress progress, ChangedKeys changed) {
        return new EarlierComparison(this, source, target).readAll(changed, progress);
    }

    static Comparison outcome(Findings findings, RedisStore target) {
        if (isUnfinished(target)) {
            findings.unfinished();
        }
        return findings.outcome();
    }

    static long keys(RedisStore store) {
        return store.keysByDatabase().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static boolean isUnfinished(RedisStore target) {
        return target.await(target.database(DatabasePair.claimed(target)).exists(OurKeys.claim())) > 0;
    }

    void compareAll(DatabasePair pair, RedisStore source, RedisStore target, Findings findings) {
        try (Work work = new Work(pair, source, target, findings)) {
            work.compare(KeyBatches.ofNames(source, pair.source()));
            if (pair.isFirst()) {
                work.compareExtras(KeyBatches.ofNames(target, pair.target()));
            }
            work.await();
        }
    }

    /** Those keys alone, whichever side has them. */
    void compareSome(
            DatabasePair pair, RedisStore source, RedisStore target, Iterator<List<byte[]>> keys, Findings findings) {
        try (Work work = new Work(pair, source, target, findings)) {
            work.compare(keys);
            work.await();
        }
    }

    /** Many keys of one database at once. */
    private final class Work implements AutoCloseable {
        private final DatabasePair pair;
        private final RedisStore source;
        private final KeyCompare single;
        private final BatchCompare many;
        private final BoundedTasks keys = new BoundedTasks("redis-compare-key", KEYS);
        private final BoundedTasks batches = new BoundedTasks("redis-compare", BATCHES);

        private Work(DatabasePair pair, RedisStore source, RedisStore target, Findings findings) {
            KeySide here = KeySide.of(source, pair.source());
            KeySide there = KeySide.of(target, pair.target());
            this.pair = pair;
            this.source = source;
            this.single = new KeyCompare(here, there, tolerance, findings);
            this.many = new BatchCompare(here, there, tolerance, single, keys, findings);
        }

        private void compare(Iterator<List<byte[]>> all) {
            while (all.hasNext()) {
                List<byte[]> batch = all.next();
                batches.run(() -> many.compare(batch));
            }
        }

        private void compareExtras(Iterator<List<byte[]>> others) {
            while (others.hasNext()) {
                List<byte[]> batch = others.next().stream()
                        .filter(key -> !OurKeys.isOurs(key))
                        .toList();
                batches.run(() -> pair.absent(source, batch).forEach(key -> keys.run(() -> single.compareExtra(key))));
            }
        }

        private void await() {
            batches.await();
            keys.await();
        }

        @Override
        public void close() {
            batches.close();
            keys.close();
        }
    }
}
