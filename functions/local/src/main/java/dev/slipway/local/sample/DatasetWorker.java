package dev.slipway.local.sample;

import dev.slipway.migration.Sha256;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** SmartBoard's worker: looks into each dataset that was uploaded, and writes down what it found. */
final class DatasetWorker implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration REFUSED = Duration.ofSeconds(1);
    private static final Duration BETWEEN_STALLED = Duration.ofSeconds(5);
    private static final String MISSING = "failed";
    private static final String DONE = "completed";

    private final BoardStores stores;
    private final DatasetQueue queue;
    private final PrintStream log;
    private final List<Thread> threads;
    private volatile boolean open = true;
    private volatile String trouble = "";

    private DatasetWorker(BoardStores stores, int concurrency, PrintStream log) {
        this.stores = stores;
        this.queue = new DatasetQueue(stores.redis());
        this.log = log;
        this.threads = IntStream.range(0, concurrency)
                .mapToObj(number -> Thread.ofVirtual().name("jobs-" + number).unstarted(() -> workOnAndOn(number == 0)))
                .toList();
    }

    static DatasetWorker start(BoardStores stores, int concurrency, PrintStream log) {
        DatasetWorker worker = new DatasetWorker(stores, concurrency, log);
        worker.threads.forEach(Thread::start);
        return worker;
    }

    private void workOnAndOn(boolean watchesStalled) {
        long looked = System.nanoTime();
        try {
            while (open) {
                boolean due = System.nanoTime() - looked > BETWEEN_STALLED.toNanos();
                if (watchesStalled && due) {
                    looked = System.nanoTime();
                }
                Thread.sleep(turn(watchesStalled && due));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One job, or none; answers how long to wait before the next. Where its stores take no writes, the job stays for later. */
    private Duration turn(boolean watchesStalled) throws InterruptedException {
        try {
            if (watchesStalled) {
                queue.returnStalled();
            }
            Optional<DatasetQueue.Job> job = queue.take();
            if (job.isPresent()) {
                queue.finish(job.get(), lookInto(job.get()));
            }
            tell("");
            return job.isPresent() ? Duration.ZERO : IDLE;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            tell(Causes.lineOf(e));
            return REFUSED;
        }
    }

    private String lookInto(DatasetQueue.Job job) throws Exception {
        Optional<byte[]> content = stores.bucket().read(job.object());
        if (content.isEmpty()) {
            return MISSING;
        }
        byte[] bytes = content.get();
        long lines = new String(bytes, StandardCharsets.UTF_8).lines().count();
        new BoardTable(stores.database("analytics"))
                .change(
                        "INSERT INTO \"Result\" (\"datasetId\", \"lines\", \"bytes\", \"sha256\", \"total\") VALUES (?, ?, ?, ?, 0)"
                                + " ON CONFLICT DO NOTHING",
                        job.dataset(),
                        lines,
                        (long) bytes.length,
                        HexFormat.of().parseHex(Sha256.hex(bytes)));
        new BoardTable(stores.database("datasets"))
                .change(
                        "UPDATE \"Dataset\" SET \"status\" = 'READY', \"object\" = ? WHERE \"id\" = ?",
                        job.object(),
                        job.dataset());
        return DONE;
    }

    /** What keeps it from working, once. */
    private void tell(String line) {
        if (!line.equals(trouble)) {
            trouble = line;
            log.println(line.isEmpty() ? "The worker works." : "The worker waits: " + line);
        }
    }

    @Override
    public void close() {
        open = false;
        threads.forEach(Thread::interrupt);
    }
}
