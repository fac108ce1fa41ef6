package dev.slipway.postgres;

import java.sql.SQLException;
import java.util.List;

/** Reads rows of a table, all of its columns or some, and digests them on the way. */
final class TableRows {
    private final PostgresTable table;
    private final List<String> columns;
    private final RowFormat format;

    TableRows(PostgresTable table, List<String> columns, RowFormat format) {
        this.table = table;
        this.columns = columns;
        this.format = format;
    }

    /** What a copy sends. */
    static TableRows stored(PostgresTable table) {
        return new TableRows(
                table, table.stored(), RowFormat.of(table, table.stored().size()));
    }

    RowFormat format() {
        return format;
    }

    /** Reads the rows of a {@code FROM …}; they are passed on after they have been added to the digest. */
    RowDigest read(PostgresSession session, String from, RowDigest digest, RowStream.Frames frames)
            throws SQLException {
        String copy = "COPY (SELECT " + Sql.identifiers(columns) + from + ") TO STDOUT" + format.options();
        long sent = new RowStream(session.wire(), format.rows(digest), frames).read(copy);
        if (sent != digest.rows()) {
            throw new SQLException(
                    "of " + sent + " rows of " + table.name() + " " + digest.rows() + " were told apart");
        }
        return digest;
    }
}
