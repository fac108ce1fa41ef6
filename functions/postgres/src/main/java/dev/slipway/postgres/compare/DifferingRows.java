package dev.slipway.postgres.compare;

import dev.slipway.postgres.table.PostgresTable;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of one table that differ, by their places on both sides: the last in memory, more of them in a scratch file. */
public final class DifferingRows implements RowSink {
    private static final int PAIRS = 8192;
    private static final int BYTES = 2 * Long.BYTES;

    private final PostgresTable source;
    private final PostgresTable target;
    private final SharedScratch scratch;
    private final List<Long> chunks = new ArrayList<>();
    private ByteBuffer last = ByteBuffer.allocate(64 * BYTES);
    private long ofSource;
    private long ofTarget;

    DifferingRows(PostgresTable source, PostgresTable target, SharedScratch scratch) {
        this.source = source;
        this.target = target;
        this.scratch = scratch;
    }

    /** Takes a few thousand places at a time. */
    @FunctionalInterface
    public interface Batch {
        void take(long[] source, long[] target) throws SQLException;
    }

    @Override
    public void add(long here, long there) {
        if (last.position() == PAIRS * BYTES) {
            chunks.add(scratch.append(last));
        } else if (!last.hasRemaining()) {
            last = ByteBuffer.allocate(Math.min(2 * last.capacity(), PAIRS * BYTES))
                    .put(last.flip());
        }
        last.putLong(here).putLong(there);
        ofSource += here == RowPlace.NONE ? 0 : 1;
        ofTarget += there == RowPlace.NONE ? 0 : 1;
    }

    public void forEach(Batch batch) throws SQLException {
        for (long chunk : chunks) {
            take(scratch.read(chunk, PAIRS * BYTES), batch);
        }
        take(last.duplicate().flip(), batch);
    }

    private static void take(ByteBuffer pairs, Batch batch) throws SQLException {
        List<Long> here = new ArrayList<>();
        List<Long> there = new ArrayList<>();
        while (pairs.hasRemaining()) {
            here.add(pairs.getLong());
            there.add(pairs.getLong());
        }
        batch.take(places(here), places(there));
    }

    private static long[] places(List<Long> all) {
        return all.stream()
                .mapToLong(Long::longValue)
                .filter(place -> place != RowPlace.NONE)
                .toArray();
    }

    public PostgresTable source() {
        return source;
    }

    public PostgresTable target() {
        return target;
    }

    /** How many there are on the source. */
    public long ofSource() {
        return ofSource;
    }

    /** How many there are on the target. */
    public long ofTarget() {
        return ofTarget;
    }

    /** The file of all tables. */
    public static final class SharedScratch implements AutoCloseable {
        private final ScratchFile file = ScratchFile.open();
        private long end;

        private synchronized long append(ByteBuffer filled) {
            long at = end;
            end += filled.position();
            file.write(filled, at);
            return at;
        }

        private ByteBuffer read(long at, int bytes) {
            return file.read(ByteBuffer.allocate(bytes), at);
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
