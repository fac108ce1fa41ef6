package dev.slipway.postgres.session;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The app's sessions in a database: a setting of the database reaches only those that begin after it. */
public final class OtherSessions {
    private OtherSessions() {}

    /** Ends those that are open now and returns when they are gone; new ones may come. */
    public static void end(PostgresSession session, Duration patience) throws SQLException {
        List<Integer> open = session.query(Sql.file("session/other-sessions"), row -> row.getInt("pid"));
        for (int pid : open) {
            session.query("SELECT pg_terminate_backend(?)", row -> row.getBoolean(1), pid);
        }
        RetryPolicy<List<Integer>> untilGone = RetryPolicy.<List<Integer>>builder()
                .handleResultIf(left -> left != null && left.stream().anyMatch(open::contains))
                .withDelay(Duration.ofMillis(20))
                .withMaxRetries(-1)
                .withMaxDuration(patience)
                .build();
        List<Integer> left = Failsafe.with(untilGone)
                .get(() -> session.query(Sql.file("session/other-sessions"), row -> row.getInt("pid")));
        if (left.stream().anyMatch(open::contains)) {
            throw new SQLException("sessions of the app do not end", "57014");
        }
    }

    /** Whose transaction is open for longest, for a message. */
    public static String oldest(PostgresSession session) {
        try {
            return session.first("""
                            SELECT format('process %s of %s is in a transaction for %s seconds', pid,
                                          coalesce(usename, 'the server itself'), extract(epoch FROM now() - xact_start)::int),
                                   xact_start
                              FROM pg_stat_activity
                             WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
                             UNION ALL
                            SELECT format('the prepared transaction %s is open', gid), prepared FROM pg_prepared_xacts
                             WHERE database = current_database()
                             ORDER BY 2
                             LIMIT 1
                            """, row -> row.getString(1)).orElse("its holder is not known");
        } catch (SQLException e) {
            return "its holder is not known";
        }
    }
}
