package dev.slipway.postgres.table;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * A relation that holds rows of a user.
 *
 * @param condition which rows of an extension's table are the user's, as {@code WHERE …}; else empty
 * @param bytes its size on disk
 * @param blocks of its heap by which it can be read in parts; 0 where it can not
 * @param file the number of the file that the heap is in, another one when its rows have moved
 * @param rows the server's estimate; negative where it has none
 * @param format in which its rows mean the same on every server
 * @param columns all of them, in order
 * @param generated those that are computed from others
 * @param key the columns of its primary or else a unique key without NULLs; empty where there is none
 */
public record PostgresTable(
        String schema,
        String relation,
        Kind kind,
        String condition,
        long bytes,
        long blocks,
        long file,
        long rows,
        RowFormat format,
        List<String> columns,
        List<String> generated,
        List<String> key) {
    public static final Comparator<PostgresTable> BY_NAME = Comparator.comparing(PostgresTable::qualified);

    /** What sort of relation it is. */
    public enum Kind {
        /** A table or a partition that holds rows itself. */
        TABLE,
        /** A partitioned parent, whose rows are in its partitions. */
        PARENT,
        MATERIALIZED_VIEW,
        /** A materialized view that was never filled, which nobody can read. */
        UNPOPULATED_VIEW
    }

    public PostgresTable {
        columns = List.copyOf(columns);
        generated = List.copyOf(generated);
        key = List.copyOf(key);
    }

    public static List<PostgresTable> all(PostgresSession session) throws SQLException {
        return session.query(Sql.file("table/tables"), PostgresTable::read);
    }

    /** Those of a source, with a format that some target understands in the same way. */
    public static List<PostgresTable> all(PostgresSession source, PostgresSession target) throws SQLException {
        boolean checksText =
                !target.only("SHOW server_encoding", row -> row.getString(1)).equals("SQL_ASCII");
        return all(source).stream()
                .map(table -> checksText && table.format == RowFormat.BYTES ? table.asText() : table)
                .toList();
    }

    private PostgresTable asText() {
        return new PostgresTable(
                schema, relation, kind, condition, bytes, blocks, file, rows, RowFormat.TEXT, columns, generated, key);
    }

    private static PostgresTable read(ResultSet row) throws SQLException {
        return new PostgresTable(
                row.getString("nspname"),
                row.getString("relname"),
                kind(row.getString("kind"), row.getBoolean("populated")),
                row.getString("condition"),
                row.getLong("bytes"),
                row.getLong("blocks"),
                row.getLong("file"),
                row.getLong("rows"),
                RowFormat.valueOf(row.getString("format")),
                list(row.getArray("columns")),
                list(row.getArray("generated")),
                list(row.getArray("key")));
    }

    private static Kind kind(String relkind, boolean populated) {
        return switch (relkind) {
            case "p" -> Kind.PARENT;
            case "m" -> populated ? Kind.MATERIALIZED_VIEW : Kind.UNPOPULATED_VIEW;
            default -> Kind.TABLE;
        };
    }

    private static List<String> list(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    public String qualified() {
        return Sql.identifier(schema) + "." + Sql.identifier(relation);
    }

    /** As a person writes it: quoted only where it must be. */
    public String name() {
        return plain(schema) + "." + plain(relation);
    }

    private static String plain(String identifier) {
        return identifier.matches("[a-z_][a-z0-9_$]*") ? identifier : Sql.identifier(identifier);
    }

    /** Whether a range of its blocks can be read by itself. */
    boolean isDivisible() {
        return blocks > 0 && condition.isEmpty();
    }

    public boolean holdsRows() {
        return kind == Kind.TABLE || kind == Kind.MATERIALIZED_VIEW;
    }

    /** The columns that a copy sends; the others the target computes. */
    public List<String> stored() {
        return columns.stream().filter(column -> !generated.contains(column)).toList();
    }

    /** {@code FROM} without the rows of children, which are tables of their own. */
    public String from() {
        return " FROM ONLY " + qualified() + (condition.isEmpty() ? "" : " " + condition);
    }
}
