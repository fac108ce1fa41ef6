package dev.slipway.postgres.table;

import java.util.List;

/**
 * How COPY writes a row. Binary asks less of both servers, but is wrong where a value's binary form names its type by a number, as
 * arrays of a user's types do, and impossible where a type has none.
 */
public enum RowFormat {
    TEXT(""),
    /** Text that its database never checks, byte for byte. Only another such database may take it: one that checks would believe it. */
    BYTES(" (ENCODING 'SQL_ASCII')"),
    BINARY(" (FORMAT binary)");

    private final String options;

    RowFormat(String options) {
        this.options = options;
    }

    /** A row without a column has no binary form that tells it from the end. */
    public static RowFormat of(PostgresTable table, int columns) {
        return table.format() == BINARY && columns == 0 ? TEXT : table.format();
    }

    /** In which some columns of both can be compared. */
    public static RowFormat of(PostgresTable source, PostgresTable target, List<String> columns) {
        return source.format() == target.format() ? of(source, columns.size()) : TEXT;
    }

    /** The one of these in which a row is a line. */
    RowFormat asText() {
        return this == BINARY ? TEXT : this;
    }

    /** What follows {@code TO STDOUT} or {@code FROM STDIN}. */
    String options() {
        return options;
    }

    /** Tells the rows that a stream of this format has in its frames. */
    RowStream.Rows rows(RowStream.Rows told) {
        return this == BINARY ? new BinaryRows(told) : told;
    }
}
