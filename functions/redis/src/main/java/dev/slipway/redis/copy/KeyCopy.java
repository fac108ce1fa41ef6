package dev.slipway.redis.copy;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.keys.DumpFooter;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.pieces.PiecewiseCopy;
import dev.slipway.redis.session.ReadLimit;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Brings keys from a database of the source to the target, by DUMP and RESTORE where that will do, otherwise piece by piece. */
final class KeyCopy {
    private static final int PIECEWISE_AT_ONCE = 16;

    private final Job job;
    private final DatabasePair pair;
    private final boolean comparing;

    /** @param comparing whether the target may hold the keys already */
    KeyCopy(Job job, DatabasePair pair, boolean comparing) {
        this.job = job;
        this.pair = pair;
        this.comparing = comparing;
    }

    /**
     * What all keys of a copy have in common.
     *
     * @param dumpVersion the latest that the target reads
     */
    record Job(
            RedisStore source,
            RedisStore target,
            CopyClaim claim,
            int dumpVersion,
            Duration tolerance,
            ReadLimit limit,
            PiecewiseCopy pieces,
            SameKey same,
            Tally tally) {}

    /** Keys whose values together may be held in memory. */
    void copy(Lanes.Lane lane, List<byte[]> keys) {
        Dump.Pending asked = Dump.request(lane.source(), keys);
        List<Dump> wanted = asked.await();
        job.limit.await(wanted.stream().mapToLong(Dump::size).sum());
        List<Dump> missing =
                comparing ? missing(wanted, Dump.request(lane.target(), keys).await()) : wanted;
        write(lane, missing.stream().filter(Dump::exists).toList());
        job.tally.seen(
                pair.source(),
                wanted.size(),
                wanted.stream().mapToLong(Dump::size).sum());
    }

    private List<Dump> missing(List<Dump> wanted, List<Dump> found) {
        List<Dump> missing = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).isSame(found.get(i), job.tolerance)) {
                missing.add(wanted.get(i));
            }
        }
        return missing;
    }

    /** Puts what was read where it belongs; what the target cannot read is read again, piece by piece. */
    void write(Lanes.Lane lane, List<Dump> dumps) {
        List<Dump> readable = new ArrayList<>();
        List<byte[]> others = new ArrayList<>();
        for (Dump dump : dumps) {
            if (DumpFooter.version(dump.payload()) <= job.dumpVersion || DumpFooter.isUnchanged(dump.payload())) {
                readable.add(dump);
            } else {
                others.add(dump.key());
            }
        }
        others.addAll(restore(lane, readable));
        copyByPieces(lane, others);
    }

    /** The keys that the target refused to read. */
    private List<byte[]> restore(Lanes.Lane lane, List<Dump> dumps) {
        job.claim.require();
        List<RedisFuture<String>> sent = lane.target()
                .together(commands ->
                        dumps.stream().map(dump -> restore(commands, dump)).toList());
        List<byte[]> refused = new ArrayList<>();
        for (int i = 0; i < dumps.size(); i++) {
            Dump dump = dumps.get(i);
            try {
                lane.target().await(sent.get(i));
                job.tally.sent(dump.size());
            } catch (RedisCommandExecutionException e) {
                if (!isUnreadable(RedisStore.reason(e))) {
                    throw refused(dump.key(), e);
                }
                refused.add(dump.key());
            }
        }
        return refused;
    }

    private RedisFuture<String> restore(RedisClusterAsyncCommands<byte[], byte[]> commands, Dump dump) {
        byte[] payload = DumpFooter.version(dump.payload()) <= job.dumpVersion
                ? dump.payload()
                : DumpFooter.rewrite(dump.payload(), job.dumpVersion);
        RestoreArgs how = RestoreArgs.Builder.ttl(Math.max(0, dump.expiry().millis()))
                .replace()
                .absttl(dump.expiry().isVolatile());
        return commands.restore(dump.key(), payload, how);
    }

    private static boolean isUnreadable(String said) {
        return said.contains("DUMP payload version") || said.contains("Bad data format");
    }

    /** Keys that are too large for memory, or that the target's version cannot read. */
    void copyByPieces(Lanes.Lane lane, List<byte[]> keys) {
        try (BoundedTasks tasks = new BoundedTasks("redis-pieces", PIECEWISE_AT_ONCE)) {
            keys.forEach(key -> tasks.run(() -> copyByPieces(lane, key)));
            tasks.await();
        }
    }

    private void copyByPieces(Lanes.Lane lane, byte[] key) {
        if (comparing && job.same.isSame(job.source, job.target, pair, key)) {
            return;
        }
        job.claim.require();
        try {
            switch (job.pieces.copy(lane.source(), lane.target(), key)) {
                case PiecewiseCopy.Written(long bytes, boolean fieldTimesLost) -> {
                    job.tally.sent(bytes);
                    if (fieldTimesLost) {
                        job.tally.withoutFieldTimes(pair.source(), key);
                    }
                }
                case PiecewiseCopy.Gone() -> {}
                case PiecewiseCopy.UnknownType(String type) -> job.tally.unmovable(pair.source(), key, type);
            }
        } catch (RedisCommandExecutionException e) {
            throw refused(key, e);
        }
    }

    private CopyFailed refused(byte[] key, RedisCommandExecutionException e) {
        return RefusedCopy.of("copy the key " + KeyText.of(pair.source(), key), e);
    }
}
