package dev.slipway.postgres;

import java.util.List;
import java.util.stream.LongStream;

/**
 * A part of a table that is copied in one transaction: a range of the blocks of its heap, or all of it.
 *
 * @param from the first block
 * @param to the block after the last one; {@link #OPEN} for all that there are
 */
record TableChunk(PostgresTable table, long from, long to) implements CopyPiece {
    static final long OPEN = -1;
    /** Heap and TOAST together: enough for the transaction not to count, little enough to lose when one breaks. */
    private static final long BYTES = 64L << 20;

    /** The same for the same sizes; the last one is open, because a table may grow before its snapshot is taken. */
    static List<TableChunk> of(PostgresTable table) {
        if (table.blocks() == 0 || !table.condition().isEmpty() || table.bytes() <= BYTES) {
            return List.of(new TableChunk(table, 0, OPEN));
        }
        long step = Math.max(1, table.blocks() * BYTES / table.bytes());
        long chunks = (table.blocks() + step - 1) / step;
        return LongStream.range(0, chunks)
                .mapToObj(i -> new TableChunk(table, i * step, i == chunks - 1 ? OPEN : (i + 1) * step))
                .toList();
    }

    @Override
    public CopyLedger.Part part() {
        return isWhole()
                ? CopyLedger.Part.table(table)
                : new CopyLedger.Part("blocks from " + from + (to == OPEN ? "" : " to " + to), table.qualified());
    }

    /** {@code FROM} and {@code WHERE}. */
    String rows() {
        if (isWhole()) {
            return table.from();
        }
        String upper = to == OPEN ? "" : " AND ctid < '(" + to + ",0)'::tid";
        return table.from() + " WHERE ctid >= '(" + from + ",0)'::tid" + upper;
    }

    /** What it has of the table's size. */
    double share() {
        if (isWhole() || table.blocks() == 0) {
            return 1;
        }
        return (double) ((to == OPEN ? table.blocks() : to) - from) / table.blocks();
    }

    private boolean isWhole() {
        return from == 0 && to == OPEN;
    }
}
