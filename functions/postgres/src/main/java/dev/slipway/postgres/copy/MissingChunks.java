package dev.slipway.postgres.copy;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.table.CopyPart;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.TableChunk;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What of a table is still to be copied beside the chunks that the ledger has. A table's size on disk changes without a write, by a
 * VACUUM for instance, and with it how the table would be cut today; its rows stay in their blocks as long as its file is the same.
 */
public record MissingChunks(List<TableChunk> missing, List<TableChunk> done) {
    public MissingChunks {
        missing = List.copyOf(missing);
        done = List.copyOf(done);
    }

    /** Takes all of the table off the target where what is there can not be completed. */
    public static MissingChunks of(
            PostgresSession to, CopyLedger ledger, CopyLedger.Notes notes, PostgresTable table, long chunkBytes)
            throws SQLException {
        List<CopyPart> noted = List.copyOf(notes.of(table).keySet());
        Optional<MissingChunks> rest = beside(table, noted, chunkBytes);
        if (rest.isEmpty()) {
            ledger.takeOff(to, table);
        }
        return rest.orElseGet(() -> new MissingChunks(TableChunk.of(table, chunkBytes), List.of()));
    }

    /** Empty where the notes are of other blocks than the table has now, or overlap. */
    static Optional<MissingChunks> beside(PostgresTable table, List<CopyPart> noted, long chunkBytes) {
        List<TableChunk> done = noted.stream()
                .flatMap(part -> TableChunk.noted(table, part).stream())
                .sorted(Comparator.comparingLong(TableChunk::from))
                .toList();
        if (done.size() < noted.size()) {
            return Optional.empty();
        }
        return done.isEmpty()
                ? Optional.of(new MissingChunks(TableChunk.of(table, chunkBytes), done))
                : gaps(table, done, chunkBytes).map(gaps -> new MissingChunks(gaps, done));
    }

    private static Optional<List<TableChunk>> gaps(PostgresTable table, List<TableChunk> done, long chunkBytes) {
        List<TableChunk> gaps = new ArrayList<>();
        long next = 0;
        for (TableChunk chunk : done) {
            if (next == TableChunk.OPEN || chunk.from() < next) {
                return Optional.empty();
            }
            if (chunk.from() > next) {
                gaps.addAll(TableChunk.of(table, next, chunk.from(), chunkBytes));
            }
            next = chunk.to();
        }
        if (next != TableChunk.OPEN) {
            gaps.addAll(TableChunk.of(table, next, TableChunk.OPEN, chunkBytes));
        }
        return Optional.of(gaps);
    }
}
