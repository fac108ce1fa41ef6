package dev.slipway.postgres.copy;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.table.ReadLocks;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/** Where a database's sequences stand, those of columns and those on their own. */
public final class Sequences {
    private Sequences() {}

    /** A sequence's last value and whether it was handed out. */
    public record Position(String name, long value, boolean called) {}

    /** Within a transaction that only reads. */
    public static List<Position> read(PostgresSession session) throws SQLException {
        List<Position> positions = new ArrayList<>();
        ReadLocks locks = new ReadLocks(session);
        for (List<String> names : together(session.query(Sql.file("copy/sequences"), row -> row.getString("name")))) {
            locks.expect(names);
            positions.addAll(session.query(
                    names.stream().map(Sequences::position).collect(Collectors.joining(" UNION ALL ")),
                    row -> new Position(row.getString(1), row.getLong(2), row.getBoolean(3))));
        }
        locks.release();
        return positions;
    }

    private static String position(String name) {
        return "SELECT " + Sql.literal(name) + ", last_value, is_called FROM " + name;
    }

    /** As many as one transaction may lock. */
    private static <T> List<List<T>> together(List<T> all) {
        return all.stream().gather(Gatherers.windowFixed(ReadLocks.RELATIONS)).toList();
    }

    /** Not undone by any transaction's end. */
    static void copy(PostgresSession source, PostgresSession target, CopyLedger ledger) throws SQLException {
        for (List<Position> positions : together(read(source))) {
            target.transaction(() -> {
                ledger.demandHeld(target);
                set(target, positions);
            });
        }
    }

    /** Sets all of the target's to where the source's stand; not undone by any transaction's end. */
    public static void carry(PostgresSession source, PostgresSession target) throws SQLException {
        List<Position> all = new ArrayList<>();
        source.transaction(() -> all.addAll(read(source)));
        for (List<Position> positions : together(all)) {
            set(target, positions);
        }
    }

    /**
     * Sets the given ones, and takes it back if the transaction does: setval alone would stay, but not where a RESTART has given
     * the sequence a new file in the same transaction.
     */
    public static void restart(PostgresSession source, PostgresSession target, Set<String> names) throws SQLException {
        for (Position position : read(source)) {
            if (names.contains(position.name)) {
                target.execute("ALTER SEQUENCE " + position.name + " RESTART");
                set(target, List.of(position));
            }
        }
    }

    private static void set(PostgresSession target, List<Position> positions) throws SQLException {
        target.query(
                positions.stream().map(Sequences::setting).collect(Collectors.joining(" UNION ALL ")),
                row -> row.getLong(1));
    }

    private static String setting(Position position) {
        return "SELECT pg_catalog.setval(" + Sql.literal(position.name) + "::regclass, " + position.value + ", "
                + position.called + ")";
    }
}
