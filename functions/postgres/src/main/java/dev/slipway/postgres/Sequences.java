package dev.slipway.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where a database's sequences stand, those of columns and those on their own. */
final class Sequences {
    private Sequences() {}

    /** A sequence's last value and whether it was handed out. */
    record Position(String name, long value, boolean called) {}

    static List<Position> read(PostgresSession session) throws SQLException {
        List<String> names = session.query(Sql.file("sequences"), row -> row.getString("name"));
        List<Position> positions = new ArrayList<>();
        for (String name : names) {
            positions.add(session.only(
                    "SELECT last_value, is_called FROM " + name,
                    row -> new Position(name, row.getLong(1), row.getBoolean(2))));
        }
        return positions;
    }

    static void copy(PostgresSession source, PostgresSession target) throws SQLException {
        for (Position position : read(source)) {
            set(target, position);
        }
    }

    /**
     * Sets the given ones, and takes it back if the transaction does: setval alone would stay, but not where a RESTART has given
     * the sequence a new file in the same transaction.
     */
    static void restart(PostgresSession source, PostgresSession target, Set<String> names) throws SQLException {
        for (Position position : read(source)) {
            if (names.contains(position.name)) {
                target.execute("ALTER SEQUENCE " + position.name + " RESTART");
                set(target, position);
            }
        }
    }

    private static void set(PostgresSession target, Position position) throws SQLException {
        target.query(
                "SELECT pg_catalog.setval(?::text::regclass, ?, ?)",
                row -> row.getLong(1),
                position.name,
                position.value,
                position.called);
    }
}
