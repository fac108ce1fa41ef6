package dev.slipway.postgres.follow;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.postgres.fence.OurSchema;
import dev.slipway.postgres.session.OtherSessions;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A table without a key is followed by its whole old rows. What the catalog said of such a table before stands in
 * {@code slipway.identity} on both sides until they part, whichever of them writes.
 */
final class RowIdentities {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    // Below deadlock_timeout (1 s): we give way before the server picks a victim, which could be the app.
    private static final int LOCK_MILLISECONDS = 900;

    private RowIdentities() {}

    /** What the catalog said of a table. */
    private record Earlier(String table, String identity) {}

    static void identify(PostgresSession session, List<FollowedTable> tables) throws SQLException {
        for (FollowedTable table : tables) {
            if (!table.identified()) {
                patiently(session, () -> {
                    note(session, new Earlier(table.name(), table.identity()));
                    session.execute("ALTER TABLE " + table.name() + " REPLICA IDENTITY FULL");
                });
            }
        }
    }

    /** The copy has taken the tables over as they were changed. */
    static void carry(PostgresSession from, PostgresSession to) throws SQLException {
        for (Earlier earlier : noted(from)) {
            to.transaction(() -> note(to, earlier));
        }
    }

    static void giveBack(PostgresSession session) throws SQLException {
        for (Earlier earlier : noted(session)) {
            patiently(session, () -> giveBack(session, earlier));
        }
        session.transaction(() -> {
            session.execute("DROP TABLE IF EXISTS slipway.identity");
            OurSchema.dropIfEmpty(session);
        });
    }

    private static void note(PostgresSession session, Earlier earlier) throws SQLException {
        session.execute(Sql.file("follow/identity"));
        session.update(
                "INSERT INTO slipway.identity (relation, earlier) VALUES (?, ?) ON CONFLICT DO NOTHING",
                earlier.table,
                earlier.identity);
    }

    private static List<Earlier> noted(PostgresSession session) throws SQLException {
        boolean any = session.only("SELECT to_regclass('slipway.identity') IS NOT NULL", row -> row.getBoolean(1));
        return any
                ? session.query(
                        "SELECT relation, earlier FROM slipway.identity ORDER BY relation",
                        row -> new Earlier(row.getString(1), row.getString(2)))
                : List.of();
    }

    private static void giveBack(PostgresSession session, Earlier earlier) throws SQLException {
        boolean stillOurs = session.first(
                        "SELECT relreplident::text FROM pg_class WHERE oid = to_regclass(?)",
                        row -> row.getString(1),
                        earlier.table)
                .filter(FollowedTable.WHOLE_ROW::equals)
                .isPresent();
        if (stillOurs) {
            session.execute("ALTER TABLE " + earlier.table + " REPLICA IDENTITY "
                    + (earlier.identity.equals(FollowedTable.NOTHING) ? "NOTHING" : "DEFAULT"));
        }
        session.update("DELETE FROM slipway.identity WHERE relation = ?", earlier.table);
    }

    private static void patiently(PostgresSession session, PostgresSession.Work change) {
        RetryPolicy<Object> again = RetryPolicy.builder()
                .handleIf(e -> e instanceof SQLException failed && isBusy(failed))
                .withDelay(Duration.ofMillis(300))
                .withMaxRetries(-1)
                .withMaxDuration(PATIENCE)
                .build();
        try {
            Failsafe.with(again)
                    .run(() -> session.transaction(() -> {
                        session.execute("SET LOCAL lock_timeout = " + LOCK_MILLISECONDS);
                        change.run();
                    }));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw new FollowFailed(
                        "change how rows of " + session.url() + " are identified",
                        PostgresFailure.line(cause) + (isBusy(cause) ? " (" + OtherSessions.oldest(session) + ")" : ""),
                        "end the transaction that holds the table, or log in as its owner",
                        cause);
            }
            throw e;
        }
    }

    /** A canceled wait, a lock that is not free, a deadlock. */
    private static boolean isBusy(SQLException e) {
        return List.of("57014", "55P03", "40P01").contains(PostgresFailure.state(e));
    }
}
