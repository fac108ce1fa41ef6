package dev.slipway.postgres.copy;

import dev.slipway.migration.ReadLimit;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Wire;
import dev.slipway.postgres.table.CopyIn;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowDigest;
import dev.slipway.postgres.table.RowQuestions;
import dev.slipway.postgres.table.TableChunk;
import dev.slipway.postgres.table.TableRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Copies parts of tables as the frames that their rows come in, in one transaction with the notes that they are done. */
final class TableCopy {
    private final PostgresSession from;
    private final PostgresSession to;
    private final CopyLedger ledger;
    private final CopyProgress progress;
    private final ReadLimit limit;

    TableCopy(PostgresSession from, PostgresSession to, CopyLedger ledger, CopyProgress progress, ReadLimit limit) {
        this.from = from;
        this.to = to;
        this.ledger = ledger;
        this.progress = progress;
        this.limit = limit;
    }

    /** Copies parts that are small enough to be one transaction together. */
    void run(List<TableChunk> chunks) throws SQLException {
        to.transaction(() -> ledger.note(to, stream(chunks)));
    }

    private List<CopyLedger.Entry> stream(List<TableChunk> chunks) throws SQLException {
        try {
            Wire source = from.wire();
            CopyIn in = new CopyIn(to.wire());
            List<CopyLedger.Entry> sent = new ArrayList<>();
            new RowQuestions(source, chunks, chunk -> TableRows.stored(chunk.table()))
                    .read((chunk, rows) -> sent.add(pump(source, chunk, rows, in)));
            requireArrived(sent, in.await());
            return sent;
        } catch (SQLException | RuntimeException | Error e) {
            // Both are in the middle of statements that only their end would free them from.
            from.abort();
            to.abort();
            throw e;
        }
    }

    private CopyLedger.Entry pump(Wire source, TableChunk chunk, TableRows rows, CopyIn in) throws SQLException {
        PostgresTable table = chunk.table();
        RowDigest digest = new RowDigest();
        CopyProgress.Meter meter = progress.meter(table);
        try {
            in.begin(table, rows.format());
            rows.read(source, digest, (frames, begin, length) -> {
                limit.await(length);
                in.write(frames, begin, length);
                meter.seen(digest);
            });
            in.done();
        } catch (SQLException e) {
            throw PostgresFailure.about(table.name(), e);
        }
        return new CopyLedger.Entry(chunk.part(), digest.rows(), digest.bytes(), rows.digest(digest));
    }

    private static void requireArrived(List<CopyLedger.Entry> sent, List<Long> arrived) throws SQLException {
        for (int i = 0; i < sent.size(); i++) {
            CopyLedger.Entry entry = sent.get(i);
            if (arrived.get(i) != entry.rows()) {
                throw new SQLException("of " + entry.rows() + " rows of "
                        + entry.part().name() + " only " + arrived.get(i) + " arrived");
            }
        }
    }
}
