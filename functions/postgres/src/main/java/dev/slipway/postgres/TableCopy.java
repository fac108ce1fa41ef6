package dev.slipway.postgres;

import java.sql.SQLException;

/** Copies a part of a table's rows as the frames they come in, in one transaction with the note that it is done. */
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

    void run(TableChunk chunk) throws SQLException {
        try {
            to.transaction(() -> {
                RowDigest digest = stream(chunk);
                ledger.note(to, chunk.part(), digest.rows(), digest.bytes(), digest.hex());
            });
        } catch (SQLException e) {
            throw PostgresFailure.about(chunk.table().name(), e);
        }
    }

    private RowDigest stream(TableChunk chunk) throws SQLException {
        try {
            return pump(chunk);
        } catch (SQLException | RuntimeException e) {
            // Both are in the middle of a statement that only its end would free them from.
            from.abort();
            to.abort();
            throw e;
        }
    }

    private RowDigest pump(TableChunk chunk) throws SQLException {
        PostgresTable table = chunk.table();
        TableRows rows = TableRows.stored(table);
        CopyIn in = CopyIn.begin(
                to.wire(), into(table) + " FROM STDIN" + rows.format().options());
        RowDigest digest = new RowDigest();
        CopyProgress.Meter meter = progress.meter(table);
        rows.read(from, chunk.rows(), digest, (frames, begin, length) -> {
            limit.await(length);
            in.write(frames, begin, length);
            meter.seen(digest);
        });
        long arrived = in.end();
        if (arrived != digest.rows()) {
            throw new SQLException(
                    "of " + digest.rows() + " rows of " + table.name() + " only " + arrived + " arrived");
        }
        return digest;
    }

    private static String into(PostgresTable table) {
        String columns = Sql.identifiers(table.stored());
        // A table without a column can have rows, and an empty list is no list.
        return "COPY " + table.qualified() + (columns.isEmpty() ? "" : " (" + columns + ")");
    }
}
