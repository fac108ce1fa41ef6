package dev.slipway.redis.repair;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Repair;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.redis.compare.RedisCompare;
import dev.slipway.redis.copy.RefusedCopy;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Gatherers;

/**
 * Makes a target the same as its source by replacing each key that differs. A key is replaced as a whole; a server has no transaction
 * over all of them, so that a repair which fails has replaced some, and another one goes on.
 */
public final class RedisRepair {
    private static final int AT_ONCE = 16;

    private final RedisCompare compare;
    private final Progress progress;

    public RedisRepair(RedisCompare compare, Progress progress) {
        this.compare = compare;
        this.progress = progress;
    }

    public Repair run(StoreUrl sourceUrl, StoreUrl targetUrl) {
        try (RedisStore source = RedisStore.open(sourceUrl);
                RedisStore target = RedisStore.open(targetUrl)) {
            return run(source, target);
        } catch (RedisCommandExecutionException e) {
            throw RefusedCopy.of("repair " + targetUrl + " from " + sourceUrl, e);
        }
    }

    private Repair run(RedisStore source, RedisStore target) {
        requireComplete(target);
        Map<Integer, ConcurrentLinkedQueue<byte[]>> differing = new ConcurrentHashMap<>();
        Comparison before = compare.compare(
                source,
                target,
                progress,
                (side, database, key) -> differing
                        .computeIfAbsent(database, number -> new ConcurrentLinkedQueue<>())
                        .add(key));
        if (!(before instanceof Comparison.Different)) {
            return new Repair(List.of(), List.of(), before);
        }
        List<Repair.Mended> done = new ArrayList<>();
        Leftovers left = new Leftovers();
        for (DatabasePair pair : DatabasePair.of(source, target)) {
            ConcurrentLinkedQueue<byte[]> keys = differing.get(pair.source());
            if (keys != null) {
                done.add(mend(new KeyRepair(source, target, pair, left), pair, keys));
            }
            removeHalves(target, pair.target());
        }
        Comparison after = compare.compare(source, target, progress, (side, database, key) -> {});
        return new Repair(done, left.findings(), after);
    }

    /** The same for keys of these names, in every database; how many of them differed. */
    public int some(RedisStore source, RedisStore target, List<byte[]> names) {
        int differed = 0;
        for (DatabasePair pair : names.isEmpty() ? List.<DatabasePair>of() : DatabasePair.of(source, target)) {
            for (List<byte[]> batch : names.stream()
                    .gather(Gatherers.windowFixed(KeyBatches.KEYS))
                    .toList()) {
                List<byte[]> differing = compare.different(source, target, pair, batch);
                mend(new KeyRepair(source, target, pair, new Leftovers()), pair, differing);
                differed += differing.size();
            }
        }
        return differed;
    }

    private static void requireComplete(RedisStore target) {
        if (target.await(target.database(DatabasePair.claimed(target)).exists(OurKeys.claim())) > 0) {
            throw new InvalidInput(
                    "repair " + target.url(),
                    "a copy to it was not finished",
                    "run the copy again, which goes on where it was");
        }
    }

    private Repair.Mended mend(KeyRepair repair, DatabasePair pair, Collection<byte[]> keys) {
        long all = keys.size();
        try (BoundedTasks tasks = new BoundedTasks("redis-repair", AT_ONCE)) {
            for (byte[] key : keys) {
                tasks.run(() -> {
                    repair.replace(key);
                    progress.report(new Progress.Amount(
                            "repairing database " + pair.source(), repair.removed() + repair.written(), all, 0, 0));
                });
            }
            tasks.await();
        }
        return new Repair.Mended("database " + pair.target(), repair.removed(), repair.written());
    }

    /** What a repair that was killed had not put together. */
    private static void removeHalves(RedisStore target, int database) {
        KeyBatches batches = KeyBatches.ofNames(target, database);
        while (batches.hasNext()) {
            batches.next().stream()
                    .filter(OurKeys::isOurs)
                    .forEach(key -> target.await(target.database(database).unlink(key)));
        }
    }
}
