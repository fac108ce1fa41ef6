package dev.slipway.postgres.table;

import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Fills the materialized views of a target. */
public final class MaterializedViews {
    private static final String NOT_YET_POPULATED = "55000";

    private MaterializedViews() {}

    /** Empties them first: one that reads another of them would else take what that one was, and not wait for its turn. */
    public static void refreshAgain(PostgresSession target, List<PostgresTable> views) throws SQLException {
        for (PostgresTable view : views) {
            target.execute("REFRESH MATERIALIZED VIEW " + view.qualified() + " WITH NO DATA");
        }
        refresh(target, views);
    }

    /** A view that reads another one is refused until that one is filled: then it is its turn again. */
    public static void refresh(PostgresSession target, List<PostgresTable> tables) throws SQLException {
        Deque<PostgresTable> waiting = new ArrayDeque<>(tables.stream()
                .filter(table -> table.kind() == PostgresTable.Kind.MATERIALIZED_VIEW)
                .toList());
        int refused = 0;
        while (!waiting.isEmpty()) {
            PostgresTable view = waiting.remove();
            target.execute("SAVEPOINT view");
            try {
                target.execute("REFRESH MATERIALIZED VIEW " + view.qualified());
                refused = 0;
            } catch (SQLException e) {
                waiting.add(view);
                refused++;
                if (!PostgresFailure.state(e).equals(NOT_YET_POPULATED) || refused > waiting.size()) {
                    throw e;
                }
                target.execute("ROLLBACK TO SAVEPOINT view");
            }
        }
    }
}
