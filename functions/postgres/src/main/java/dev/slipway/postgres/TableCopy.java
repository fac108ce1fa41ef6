package dev.slipway.postgres;

import java.sql.SQLException;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOperation;
import org.postgresql.copy.CopyOut;

/** Copies a part of a table's rows as COPY text, in one transaction with the note that it is done. */
final class TableCopy {
    // The driver hands over one row at a time, and would send each as a message of its own.
    private static final int BUFFER = 128 * 1024;
    private final PostgresSession from;
    private final PostgresSession to;
    private final CopyLedger ledger;
    private final CopyProgress progress;
    private final ReadLimit limit;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private long filledRows;

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
        PostgresTable table = chunk.table();
        String columns = Sql.identifiers(table.stored());
        // A table without a column can have rows, and an empty list is no list.
        String list = columns.isEmpty() ? "" : " (" + columns + ")";
        CopyOut out = from.copies().copyOut("COPY (SELECT " + columns + chunk.rows() + ") TO STDOUT");
        try {
            CopyIn in = to.copies().copyIn("COPY " + table.qualified() + list + " FROM STDIN");
            try {
                return pump(out, in, table);
            } catch (SQLException | RuntimeException e) {
                cancel(in, e);
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            cancel(out, e);
            throw e;
        }
    }

    private RowDigest pump(CopyOut out, CopyIn in, PostgresTable table) throws SQLException {
        RowDigest digest = new RowDigest();
        for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
            digest.add(row);
            write(in, row, table);
        }
        flush(in, table);
        long arrived = in.endCopy();
        if (arrived != digest.rows()) {
            throw new SQLException(
                    "of " + digest.rows() + " rows of " + table.name() + " only " + arrived + " arrived");
        }
        return digest;
    }

    /** A session waits for ever with its rollback while a copy is open on it. */
    private static void cancel(CopyOperation copy, Exception reason) {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private void write(CopyIn in, byte[] row, PostgresTable table) throws SQLException {
        if (row.length > BUFFER - filled) {
            flush(in, table);
        }
        if (row.length > BUFFER) {
            limit.await(row.length);
            in.writeToCopy(row, 0, row.length);
            progress.add(table, 1, row.length);
        } else {
            System.arraycopy(row, 0, buffer, filled, row.length);
            filled += row.length;
            filledRows++;
        }
    }

    private void flush(CopyIn in, PostgresTable table) throws SQLException {
        if (filled > 0) {
            limit.await(filled);
            in.writeToCopy(buffer, 0, filled);
            progress.add(table, filledRows, filled);
            filled = 0;
            filledRows = 0;
        }
    }
}
