package dev.slipway.postgres.copy;

import dev.slipway.migration.Progress;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowDigest;
import dev.slipway.postgres.table.TableChunk;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Adds up what the jobs of one piece of work have done, for whoever listens. */
public final class CopyProgress {
    private static final long STEP = 1 << 20;
    private final Progress listener;
    private final long ofRows;
    private final long ofBytes;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong reported = new AtomicLong();

    public CopyProgress(Progress listener, List<PostgresTable> tables) {
        this(
                tables.stream()
                        .filter(PostgresTable::holdsRows)
                        .map(table -> new TableChunk(table, 0, TableChunk.OPEN))
                        .toList(),
                listener);
    }

    private CopyProgress(List<TableChunk> chunks, Progress listener) {
        this.listener = listener;
        boolean estimated = chunks.stream().allMatch(chunk -> chunk.table().rows() >= 0);
        this.ofRows =
                estimated ? chunks.stream().mapToLong(TableChunk::estimatedRows).sum() : 0;
        this.ofBytes = chunks.stream().mapToLong(TableChunk::estimatedBytes).sum();
    }

    /** Of these chunks alone. */
    static CopyProgress of(List<TableChunk> chunks, Progress listener) {
        return new CopyProgress(chunks, listener);
    }

    public void add(PostgresTable table, long moreRows, long moreBytes) {
        rows.addAndGet(moreRows);
        long now = bytes.addAndGet(moreBytes);
        long last = reported.get();
        if (now - last >= STEP && reported.compareAndSet(last, now)) {
            report(table.name());
        }
    }

    /** For whoever reads a table row by row, in one thread. */
    public Meter meter(PostgresTable table) {
        return new Meter(table);
    }

    /** Tells of a table's rows as they are read. */
    public final class Meter {
        private final PostgresTable table;
        private long toldRows;
        private long toldBytes;

        private Meter(PostgresTable table) {
            this.table = table;
        }

        public void seen(RowDigest digest) {
            add(table, digest.rows() - toldRows, digest.bytes() - toldBytes);
            toldRows = digest.rows();
            toldBytes = digest.bytes();
        }
    }

    /** What was done before counts as done. */
    void skip(TableChunk chunk) {
        add(chunk.table(), chunk.estimatedRows(), chunk.estimatedBytes());
    }

    public void end() {
        report("rows");
    }

    private void report(String what) {
        long done = rows.get();
        // The estimates are the server's: what was really seen may be more.
        listener.report(new Progress.Amount(
                what, done, ofRows == 0 ? 0 : Math.max(ofRows, done), bytes.get(), Math.max(ofBytes, bytes.get())));
    }
}
