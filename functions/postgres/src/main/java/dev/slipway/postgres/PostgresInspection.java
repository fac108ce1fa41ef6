package dev.slipway.postgres;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Severity;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads what a database is and holds, and which traps wait in it. */
final class PostgresInspection {

    Inspection run(StoreUrl store) {
        try (PostgresSession session = PostgresSession.open(store)) {
            List<Finding> findings = new ArrayList<>(session.query(
                    Sql.file("inspect"),
                    row -> new Finding(
                            Severity.valueOf(row.getString("severity")),
                            row.getString("subject"),
                            row.getString("message"))));
            FenceState.read(session)
                    .ifPresent(state -> findings.add(Finding.warning(
                            store.path(),
                            "carries the fence of " + state.token() + (state.lifted() ? ", lifted" : ""))));
            return new Inspection(
                    StoreKind.POSTGRES,
                    session.only("SHOW server_version", row -> row.getString(1)),
                    rows(session),
                    session.only("SELECT pg_database_size(current_database())", row -> row.getLong(1)),
                    PostgresCopy.isEmpty(session),
                    findings);
        } catch (SQLException e) {
            throw PostgresFailure.unreachable("inspect " + store, e);
        }
    }

    /** The server's estimate; a table that it has never looked at counts by what its statistics saw arrive. */
    private static long rows(PostgresSession session) throws SQLException {
        long rows = 0;
        for (PostgresTable table : PostgresTable.all(session)) {
            if (table.kind() == PostgresTable.Kind.TABLE) {
                rows += table.rows() > 0 ? table.rows() : arrived(session, table);
            }
        }
        return rows;
    }

    private static long arrived(PostgresSession session, PostgresTable table) throws SQLException {
        return session.only(
                "SELECT coalesce(pg_stat_get_live_tuples(?::text::regclass), 0)",
                row -> row.getLong(1),
                table.qualified());
    }
}
