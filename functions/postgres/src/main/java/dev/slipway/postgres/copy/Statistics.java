package dev.slipway.postgres.copy;

import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;

/** What the planner knows of the copied rows. */
final class Statistics {
    private Statistics() {}

    /** Of the user's tables only: all of the server's own take longer than a small database. A partitioned table's are those of its partitions, too. */
    static void gather(PostgresSession session) throws SQLException {
        String tables = session.only("""
                SELECT coalesce(string_agg(format('%I.%I', n.nspname, c.relname), ', ' ORDER BY c.oid), '')
                  FROM pg_class c
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND c.relpersistence <> 't'
                   AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'slipway')
                """, row -> row.getString(1));
        if (!tables.isEmpty()) {
            session.execute("ANALYZE " + tables);
        }
    }
}
