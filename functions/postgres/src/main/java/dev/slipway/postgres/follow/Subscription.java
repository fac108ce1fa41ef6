package dev.slipway.postgres.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;

/** The end of a stream, on the database that follows. */
final class Subscription {
    private static final String NO_SUCH_TABLE = "42P01";

    private Subscription() {}

    /** Makes it without letting it flow: the slot is there, and so is what came before it. */
    static String statement(ChangeStream stream, String password) {
        return "CREATE SUBSCRIPTION " + stream.quoted() + " CONNECTION "
                + Sql.literal(stream.connection(password)) + " PUBLICATION " + stream.quoted()
                + " WITH (create_slot = false, slot_name = " + Sql.literal(stream.name())
                + ", enabled = false, copy_data = false, synchronous_commit = 'on')";
    }

    /** Makes one for a moment, so that a copy of hours does not fail at its end: there the tables may still be missing. */
    static void demandPossible(PostgresSession session, ChangeStream stream, String password) throws SQLException {
        session.execute("BEGIN");
        try {
            session.execute(statement(stream, password));
        } catch (SQLException e) {
            if (!PostgresFailure.state(e).equals(NO_SUCH_TABLE)) {
                throw new FollowFailed(
                        "subscribe " + stream.to() + " to " + stream.from(),
                        PostgresFailure.line(e),
                        "the target's server has to reach the source, and its login to make subscriptions (a superuser, rds_superuser, or pg_create_subscription)",
                        e);
            }
        } finally {
            session.execute("ROLLBACK");
        }
    }

    static boolean exists(PostgresSession session, ChangeStream stream) throws SQLException {
        return session.only(
                "SELECT EXISTS (SELECT 1 FROM pg_stat_subscription WHERE subname = ?)",
                row -> row.getBoolean(1),
                stream.name());
    }

    static void enable(PostgresSession session, ChangeStream stream) throws SQLException {
        session.execute("ALTER SUBSCRIPTION " + stream.quoted() + " ENABLE");
    }

    /** Leaves the slot to whoever drops that. */
    static void drop(PostgresSession session, ChangeStream stream) throws SQLException {
        if (exists(session, stream)) {
            session.execute("ALTER SUBSCRIPTION " + stream.quoted() + " DISABLE");
            session.execute("ALTER SUBSCRIPTION " + stream.quoted() + " SET (slot_name = NONE)");
            session.execute("DROP SUBSCRIPTION " + stream.quoted());
        }
    }
}
