package dev.slipway.postgres.copy;

import dev.slipway.postgres.copy.PostgresCopy.Sides;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.table.PostgresTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tables that a server empties when it recovers from a crash: the note of their rows outlives the rows. */
final class UnloggedTables {
    private UnloggedTables() {}

    /** Those that were copied with rows and have none now, on either side. */
    static List<PostgresTable> lost(Sides sides, CopyLedger ledger, List<PostgresTable> tables) throws SQLException {
        Set<String> unlogged = unlogged(sides.to());
        List<PostgresTable> copied = tables.stream()
                .filter(table -> table.kind() == PostgresTable.Kind.TABLE)
                .filter(table -> unlogged.contains(table.qualified()))
                .toList();
        List<PostgresTable> lost = new ArrayList<>();
        for (PostgresTable table : copied) {
            if (ledger.rows(sides.to(), table) > 0 && (isEmpty(sides.from(), table) || isEmpty(sides.to(), table))) {
                lost.add(table);
            }
        }
        return lost;
    }

    private static Set<String> unlogged(PostgresSession session) throws SQLException {
        return session
                .query(
                        "SELECT nspname, relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                                + " WHERE relpersistence = 'u' AND relkind = 'r'",
                        row -> Sql.identifier(row.getString(1)) + "." + Sql.identifier(row.getString(2)))
                .stream()
                .collect(Collectors.toSet());
    }

    private static boolean isEmpty(PostgresSession session, PostgresTable table) throws SQLException {
        return session.only("SELECT NOT EXISTS (SELECT 1" + table.from() + ")", row -> row.getBoolean(1));
    }
}
