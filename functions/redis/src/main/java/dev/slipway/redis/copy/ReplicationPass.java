package dev.slipway.redis.copy;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.replication.NoReplication;
import dev.slipway.redis.replication.ReplicaLink;
import dev.slipway.redis.replication.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes once through all databases as the source's replica is sent them: as they were at one moment. */
final class ReplicationPass implements Values {
    private final KeyCopy.Job job;
    private final int jobs;
    private final boolean comparing;
    private final Map<Integer, DatabasePair> pairs = new HashMap<>();
    private final List<Map.Entry<DatabasePair, byte[]>> large = new ArrayList<>();
    private @Nullable Database current;

    /** @param comparing whether the target may hold something already */
    ReplicationPass(KeyCopy.Job job, int jobs, boolean comparing) {
        this.job = job;
        this.jobs = jobs;
        this.comparing = comparing;
        DatabasePair.of(job.source(), job.target()).forEach(pair -> pairs.put(pair.source(), pair));
    }

    /** Ends the link as soon as everything is read: the server keeps for it what is written meanwhile. */
    void run(ReplicaLink link) throws NoReplication {
        if (comparing) {
            pairs.values().stream().filter(DatabasePair::isFirst).forEach(this::removeExtras);
        }
        read(link);
        link.close();
        copyLarge();
    }

    /**
     * Leaves the link open, for what is written after that moment.
     *
     * @return keys whose values are too large to be held, which are not copied: they could only be read at another moment
     */
    List<String> copyOnly(ReplicaLink link) throws NoReplication {
        read(link);
        return large.stream()
                .map(each -> KeyText.of(each.getKey().source(), each.getValue()))
                .toList();
    }

    private void read(ReplicaLink link) throws NoReplication {
        try {
            link.read(this);
            finish();
        } finally {
            if (current != null) {
                current.close();
            }
        }
    }

    private void removeExtras(DatabasePair pair) {
        try (Database database = new Database(pair)) {
            new Extras(job, pair).remove(database.lanes, database.tasks);
        }
    }

    @Override
    public void take(int number, Dump dump) {
        DatabasePair pair = pairs.get(number);
        if (pair != null) {
            at(pair).add(dump);
        }
    }

    @Override
    public void takeLarge(int number, byte[] key) {
        DatabasePair pair = pairs.get(number);
        if (pair != null) {
            large.add(Map.entry(pair, key));
        }
    }

    private Database at(DatabasePair pair) {
        Database open = current;
        if (open == null || !open.pair.equals(pair)) {
            finish();
            open = new Database(pair);
            current = open;
        }
        return open;
    }

    private void finish() {
        if (current != null) {
            current.finish();
            current.close();
            current = null;
        }
    }

    /** Each is read again, a piece at a time. */
    private void copyLarge() {
        for (Map.Entry<DatabasePair, byte[]> each : large) {
            try (Database database = new Database(each.getKey())) {
                database.copy.copyByPieces(database.lanes.any(), List.of(each.getValue()));
                job.tally().seen(each.getKey().source(), 1, 0);
            }
        }
    }

    /** One that is being written. */
    private final class Database implements AutoCloseable {
        private final DatabasePair pair;
        private final KeyCopy copy;
        private final Lanes lanes;
        private final BoundedTasks tasks;
        private List<Dump> batch = new ArrayList<>();
        private long bytes;

        private Database(DatabasePair pair) {
            this.pair = pair;
            this.copy = new KeyCopy(job, pair, comparing);
            this.lanes = Lanes.open(job.source(), job.target(), pair, job.claim(), jobs);
            this.tasks = new BoundedTasks("redis-copy", jobs * ScanPass.BATCHES_PER_JOB);
        }

        private void add(Dump dump) {
            if (bytes + dump.size() > ScanPass.BATCH_BYTES || batch.size() == KeyBatches.KEYS) {
                send();
            }
            batch.add(dump);
            bytes += dump.size();
        }

        private void send() {
            if (!batch.isEmpty()) {
                List<Dump> ready = batch;
                tasks.run(() -> copy.bring(lanes.any(), ready));
                batch = new ArrayList<>(KeyBatches.KEYS);
                bytes = 0;
            }
        }

        private void finish() {
            send();
            tasks.await();
        }

        @Override
        public void close() {
            tasks.close();
            lanes.close();
        }
    }
}
