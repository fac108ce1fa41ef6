package dev.slipway.postgres.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.List;

/**
 * A table whose changes flow.
 *
 * @param name qualified and quoted
 * @param identity how its rows are identified, as {@code pg_class.relreplident} says it: d, n, i or f
 * @param identified whether a changed row is known again by it
 * @param incomparable whether it has columns of a type without equality
 */
record FollowedTable(String name, boolean unlogged, String identity, boolean identified, boolean incomparable) {
    static final String WHOLE_ROW = "f";
    static final String NOTHING = "n";

    /** @throws FollowFailed if a table's changes cannot flow */
    static List<FollowedTable> all(PostgresSession session) throws SQLException {
        List<FollowedTable> tables = session.query(
                Sql.file("follow/tables"),
                row -> new FollowedTable(
                        row.getString("name"),
                        row.getBoolean("unlogged"),
                        row.getString("identity"),
                        row.getBoolean("identified"),
                        row.getBoolean("incomparable")));
        List<String> left = tables.stream()
                .filter(table -> !table.isFollowable())
                .map(table -> table.name + (table.unlogged ? " (unlogged)" : " (no key, and a type without equality)"))
                .toList();
        if (!left.isEmpty()) {
            throw new FollowFailed(
                    "follow " + session.url(),
                    "logical replication does not carry the changes of " + String.join(", ", left),
                    "give such a table a primary key, or make it logged; or copy without --follow");
        }
        return tables;
    }

    private boolean isFollowable() {
        return !unlogged && (identified || !incomparable);
    }
}
