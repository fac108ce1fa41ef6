package dev.slipway.postgres.table;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A part of a table that is copied in one transaction: a range of the blocks of its heap, or all of it.
 *
 * @param from the first block
 * @param to the block after the last one; {@link #OPEN} for all that there are
 */
public record TableChunk(PostgresTable table, long from, long to) {
    public static final long OPEN = -1;
    /** Heap and TOAST together: enough for the transaction not to count, little enough to lose when one breaks. */
    public static final long BYTES = 64L << 20;

    private static final Pattern STEP = Pattern.compile("blocks of (\\d+) from (\\d+)(?: to (\\d+))?");

    public static List<TableChunk> of(PostgresTable table) {
        return of(table, BYTES);
    }

    /** @param bytes how much of the table is one chunk */
    public static List<TableChunk> of(PostgresTable table, long bytes) {
        return table.isDivisible() && table.bytes() > bytes
                ? of(table, 0, OPEN, bytes)
                : List.of(new TableChunk(table, 0, OPEN));
    }

    /** A range of a table's blocks; the last chunk of all is open, because a table may grow before its snapshot is taken. */
    public static List<TableChunk> of(PostgresTable table, long from, long to, long bytes) {
        long end = to == OPEN ? Math.max(table.blocks(), from + 1) : to;
        long step = Math.max(1, table.blocks() * bytes / Math.max(1, table.bytes()));
        long chunks = (end - from + step - 1) / step;
        return LongStream.range(0, chunks)
                .mapToObj(i -> new TableChunk(
                        table, from + i * step, i == chunks - 1 ? to : Math.min(from + (i + 1) * step, end)))
                .toList();
    }

    /** The chunk that a note is of; empty where the table can not be read like that any more. */
    public static Optional<TableChunk> noted(PostgresTable table, CopyPart part) {
        if (part.equals(CopyPart.table(table))) {
            return Optional.of(new TableChunk(table, 0, OPEN));
        }
        Matcher step = STEP.matcher(part.step());
        if (!step.matches() || !table.isDivisible() || Long.parseLong(step.group(1)) != table.file()) {
            return Optional.empty();
        }
        String to = step.group(3);
        return Optional.of(
                new TableChunk(table, Long.parseLong(step.group(2)), to == null ? OPEN : Long.parseLong(to)));
    }

    public CopyPart part() {
        return isWhole()
                ? CopyPart.table(table)
                : new CopyPart(
                        "blocks of " + table.file() + " from " + from + (to == OPEN ? "" : " to " + to),
                        table.qualified());
    }

    /** {@code FROM} and {@code WHERE}. */
    public String rows() {
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
        return Math.max(0, (double) ((to == OPEN ? table.blocks() : to) - from) / table.blocks());
    }

    public long estimatedRows() {
        return (long) (Math.max(0, table.rows()) * share());
    }

    /** Its heap and what belongs to that. */
    public long estimatedBytes() {
        return (long) (table.bytes() * share());
    }

    private boolean isWhole() {
        return from == 0 && to == OPEN;
    }
}
