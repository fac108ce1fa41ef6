package dev.slipway.postgres.schema;

import dev.slipway.postgres.session.Login;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;

/**
 * What Postgres lets only a superuser do, and a managed service perhaps its master, too.
 *
 * @param eventTriggers whether the session may make event triggers
 * @param publications whether it may publish all tables, or a schema's
 */
public record Powers(boolean superuser, boolean eventTriggers, boolean publications) {
    /** Asks by statements that name what does not exist: the right comes first, so that each fails one way or the other. */
    public static Powers read(PostgresSession session) throws SQLException {
        boolean superuser = Login.read(session).superuser();
        return superuser
                ? new Powers(true, true, true)
                : new Powers(
                        false,
                        isAllowed(session, "CREATE EVENT TRIGGER slipway ON nothing EXECUTE FUNCTION pg_catalog.now()"),
                        isAllowed(session, "CREATE PUBLICATION slipway FOR ALL TABLES WITH (slipway = nothing)"));
    }

    private static boolean isAllowed(PostgresSession session, String statement) throws SQLException {
        try {
            session.execute(statement);
        } catch (SQLException e) {
            return !PostgresFailure.state(e).equals(PostgresFailure.NOT_ALLOWED);
        }
        throw new SQLException("the server takes what does not exist: " + statement);
    }
}
