package dev.slipway.postgres.table;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.session.Wire;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** Reads rows of a table, all of its columns or some, and digests them on the way. */
public final class TableRows {
    private final PostgresTable table;
    private final List<String> columns;
    private final RowFormat format;

    public TableRows(PostgresTable table, List<String> columns, RowFormat format) {
        this.table = table;
        this.columns = columns;
        this.format = format;
    }

    /** What a copy sends. */
    public static TableRows stored(PostgresTable table) {
        return new TableRows(
                table, table.stored(), RowFormat.of(table, table.stored().size()));
    }

    /** With the format, because in another one it is another. */
    public String digest(RowDigest digest) {
        return format + " " + digest.hex();
    }

    public RowFormat format() {
        return format;
    }

    /** Asks for the rows of a {@code FROM …}. */
    public String question(String from) {
        return "COPY (SELECT " + Sql.identifiers(columns) + from + ") TO STDOUT" + format.options();
    }

    /** Reads the rows that were asked for; they are passed on after they have been added to the digest. */
    public void read(Wire wire, RowDigest digest, RowStream.Frames frames) throws SQLException {
        long sent = new RowStream(wire, format.rows(digest), frames).read();
        if (sent != digest.rows()) {
            throw new SQLException(
                    "of " + sent + " rows of " + table.name() + " " + digest.rows() + " were told apart");
        }
    }

    /** Reads the rows of a {@code FROM …}. */
    public RowDigest read(PostgresSession session, String from, Consumer<RowDigest> told) throws SQLException {
        RowDigest digest = new RowDigest();
        Wire wire = session.wire();
        wire.query(question(from));
        read(wire, digest, (bytes, begin, length) -> told.accept(digest));
        wire.release();
        return digest;
    }
}
