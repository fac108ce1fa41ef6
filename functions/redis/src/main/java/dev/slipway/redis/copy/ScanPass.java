package dev.slipway.redis.copy;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.Finding;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.keys.MovingSlots;
import dev.slipway.redis.session.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Goes once through a database by SCAN, with several batches under way on each connection. */
final class ScanPass {
    /** On each connection one batch is read, one is written and one waits. */
    static final int BATCHES_PER_JOB = 3;

    static final long BATCH_BYTES = 1L << 20;
    /** From here on a value is copied piece by piece. */
    static final int LARGE = 8 << 20;

    private final KeyCopy.Job job;
    private final DatabasePair pair;
    private final int jobs;

    ScanPass(KeyCopy.Job job, DatabasePair pair, int jobs) {
        this.job = job;
        this.pair = pair;
        this.jobs = jobs;
    }

    /** Goes through all databases, again where a cluster's slots were moved meanwhile. */
    static void ofAll(KeyCopy.Job job, int jobs, boolean comparing) {
        boolean settled = MovingSlots.settle(job.source(), job.target(), first -> {
            for (DatabasePair pair : DatabasePair.of(job.source(), job.target())) {
                new ScanPass(job, pair, jobs).run(comparing || !first);
            }
        });
        if (!settled) {
            job.tally()
                    .found(
                            Finding.warning(
                                    "slots",
                                    "Slots of the cluster were moved all the while; keys in them may be missing. Let that end, and compare."));
        }
    }

    /** @param comparing whether the target may hold something already */
    void run(boolean comparing) {
        open((lanes, tasks) -> {
            if (comparing && pair.isFirst()) {
                new Extras(job, pair).remove(lanes, tasks);
            }
            copy(KeyBatches.ofNames(job.source(), pair.source()), comparing, lanes, tasks);
        });
    }

    /** Copies nothing. */
    void removeExtras() {
        if (pair.isFirst()) {
            open(new Extras(job, pair)::remove);
        }
    }

    /**
     * Leaves alone what the target has too much of.
     *
     * @param comparing whether the target may hold keys of these slots already
     */
    void run(Slots slots, boolean comparing) {
        open((lanes, tasks) -> copy(KeyBatches.ofNames(job.source(), pair.source(), slots), comparing, lanes, tasks));
    }

    private void open(BiConsumer<Lanes, BoundedTasks> work) {
        try (Lanes lanes = Lanes.open(job.source(), job.target(), pair, job.claim(), jobs);
                BoundedTasks tasks = new BoundedTasks("redis-copy", jobs * BATCHES_PER_JOB)) {
            work.accept(lanes, tasks);
        }
    }

    private void copy(KeyBatches batches, boolean comparing, Lanes lanes, BoundedTasks tasks) {
        KeyCopy copy = new KeyCopy(job, pair, comparing);
        while (batches.hasNext()) {
            List<byte[]> keys = batches.next();
            tasks.run(() -> copy(copy, lanes.any(), keys));
        }
        tasks.await();
    }

    private void copy(KeyCopy copy, Lanes.Lane lane, List<byte[]> keys) {
        List<Long> sizes = lane.reader().sizes(keys);
        List<byte[]> batch = new ArrayList<>();
        List<Integer> large = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < keys.size(); i++) {
            long size = sizes.get(i);
            if (size >= LARGE) {
                large.add(i);
                continue;
            }
            if (bytes + size > BATCH_BYTES && !batch.isEmpty()) {
                copy.copy(lane, batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(keys.get(i));
            bytes += size;
        }
        if (!batch.isEmpty()) {
            copy.copy(lane, batch);
        }
        for (int i : large) {
            copy.copyByPieces(lane, List.of(keys.get(i)));
            job.tally().seen(pair.source(), 1, sizes.get(i));
        }
    }
}
