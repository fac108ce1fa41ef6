package dev.slipway.redis.compare;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.redis.keys.ChangedKeys;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.session.RedisStore;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Gatherers;

/** What a comparison found while both sides were written to. A later one looks at those keys alone that were changed since. */
public final class EarlierComparison {
    /**
     * A server tells of every change to these. Of what is done to a stream's groups it does not, nor need a module do so: they are
     * looked at again whatever is told.
     */
    private static final Set<String> TOLD = Set.of("string", "list", "set", "zset", "hash");

    private final RedisCompare compare;
    private final RedisStore source;
    private final RedisStore target;
    private final long total;
    private final KnownTally known;
    private final Set<DatabasePair> pairs = new LinkedHashSet<>();

    EarlierComparison(RedisCompare compare, RedisStore source, RedisStore target) {
        this.compare = compare;
        this.source = source;
        this.target = target;
        this.total = RedisCompare.keys(source);
        this.known = new KnownTally(total);
    }

    /** Whether the worker has the memory for what is to be known of each key. */
    public static boolean hasRoom(RedisStore source) {
        return KnownTally.hasRoomFor(RedisCompare.keys(source));
    }

    EarlierComparison readAll(ChangedKeys changed, Progress progress) {
        Findings findings = findings(progress, new Doubts(changed));
        for (DatabasePair pair : pairs()) {
            compare.compareAll(pair, source, target, findings);
        }
        return this;
    }

    /**
     * Looks again at some keys while both sides are written to.
     *
     * @param changed is given those that are not the same
     */
    public void readAgain(List<byte[]> keys, ChangedKeys changed, Progress progress) {
        read(keys, findings(progress, new Doubts(changed)));
    }

    /**
     * Whether both sides are the same.
     *
     * @param keys all those that were changed since they were looked at, on whichever side
     */
    public Comparison now(List<byte[]> keys, Progress progress) {
        Findings findings = findings(progress, (side, database, key) -> {});
        read(keys, findings);
        return RedisCompare.outcome(findings, target);
    }

    private Findings findings(Progress progress, KeyListener listener) {
        return new Findings(total, progress, listener, known);
    }

    /** In every database: of which one a key was changed no server tells. */
    private void read(List<byte[]> keys, Findings findings) {
        for (DatabasePair pair : pairs()) {
            compare.compareSome(pair, source, target, batches(keys), findings);
        }
    }

    /** One whose keys are gone meanwhile is still to be looked into. */
    private Set<DatabasePair> pairs() {
        pairs.addAll(DatabasePair.of(source, target));
        return pairs;
    }

    private static Iterator<List<byte[]>> batches(List<byte[]> keys) {
        return keys.stream().gather(Gatherers.windowFixed(KeyBatches.KEYS)).iterator();
    }

    /** Keys that are to be looked at again. */
    private record Doubts(ChangedKeys changed) implements KeyListener {
        @Override
        public void differs(Comparison.Side side, int database, byte[] key) {
            changed.add(key);
        }

        @Override
        public void unclear(byte[] key) {
            changed.add(key);
        }

        @Override
        public void same(String type, byte[] key) {
            if (!TOLD.contains(type)) {
                changed.add(key);
            }
        }
    }
}
