package dev.slipway.redis.copy;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.ReadLimit;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.keys.DumpFooter;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.pieces.PiecewiseCopy;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
            SameKeys same,
            Tally tally) {}

    /** Keys whose values together may be held in memory. */
    void copy(Lanes.Lane lane, List<byte[]> keys) {
        List<Dump> wanted = lane.reader().dumps(keys);
        job.limit.await(wanted.stream().mapToLong(Dump::size).sum());
        bring(lane, wanted);
    }

    /** Values that were read already. */
    void bring(Lanes.Lane lane, List<Dump> wanted) {
        List<Dump> there = wanted.stream().filter(Dump::exists).toList();
        write(lane, comparing ? missing(lane, there) : there);
        job.tally.seen(
                pair.source(),
                wanted.size(),
                wanted.stream().mapToLong(Dump::size).sum());
    }

    private List<Dump> missing(Lanes.Lane lane, List<Dump> wanted) {
        List<Dump> found = lane.writer().dumps(wanted.stream().map(Dump::key).toList());
        List<Dump> missing = new ArrayList<>();
        List<Dump> otherwise = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Dump each = wanted.get(i);
            if (!found.get(i).exists()) {
                missing.add(each);
            } else if (!each.isSame(found.get(i), job.tolerance)) {
                otherwise.add(each);
            }
        }
        missing.addAll(different(otherwise));
        return missing;
    }

    /** The same value is written otherwise by a server of another version, or with other settings. */
    private List<Dump> different(List<Dump> written) {
        if (written.isEmpty()) {
            return List.of();
        }
        job.limit.await(written.stream().mapToLong(Dump::size).sum());
        Set<byte[]> different = Collections.newSetFromMap(new IdentityHashMap<>());
        different.addAll(job.same.different(
                job.source, job.target, pair, written.stream().map(Dump::key).toList()));
        return written.stream().filter(dump -> different.contains(dump.key())).toList();
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
        List<Optional<String>> said =
                lane.writer().restore(dumps.stream().map(this::inItsVersion).toList());
        List<byte[]> refused = new ArrayList<>();
        for (int i = 0; i < dumps.size(); i++) {
            Dump dump = dumps.get(i);
            if (said.get(i).isEmpty()) {
                job.tally.sent(dump.size());
            } else if (PiecewiseCopy.isUnreadable(said.get(i).get())) {
                refused.add(dump.key());
            } else {
                throw refused(
                        dump.key(),
                        new RedisCommandExecutionException(said.get(i).get()));
            }
        }
        return refused;
    }

    private Dump inItsVersion(Dump dump) {
        return DumpFooter.version(dump.payload()) <= job.dumpVersion
                ? dump
                : new Dump(dump.key(), DumpFooter.rewrite(dump.payload(), job.dumpVersion), dump.expiry());
    }

    /** Keys that are too large for memory, or that the target's version cannot read. */
    void copyByPieces(Lanes.Lane lane, List<byte[]> keys) {
        try (BoundedTasks tasks = new BoundedTasks("redis-pieces", PIECEWISE_AT_ONCE)) {
            keys.forEach(key -> tasks.run(() -> copyByPieces(lane, key)));
            tasks.await();
        }
    }

    private void copyByPieces(Lanes.Lane lane, byte[] key) {
        if (comparing
                && job.same
                        .different(job.source, job.target, pair, List.of(key))
                        .isEmpty()) {
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
