package dev.slipway.postgres.follow;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;

/** The role that a subscription logs in as: it may replicate, and nothing else. */
final class StreamRole {
    private static final int PASSWORD_BYTES = 24;

    private StreamRole() {}

    /** Makes it, or gives it another password; returns the password. */
    static String make(PostgresSession session, ChangeStream stream) throws SQLException {
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        boolean managed = exists(session, "rds_replication");
        session.transaction(() -> {
            session.execute((exists(session, stream.name()) ? "ALTER" : "CREATE") + " ROLE " + stream.quoted()
                    + " LOGIN " + (managed ? "" : "REPLICATION ") + "PASSWORD " + Sql.literal(password));
            if (managed) {
                session.execute("GRANT rds_replication TO " + stream.quoted());
            }
        });
        return password;
    }

    static void drop(PostgresSession session, ChangeStream stream) throws SQLException {
        // Who may make no role may not ask to drop one that is not there, either.
        if (exists(session, stream.name())) {
            session.execute("DROP ROLE IF EXISTS " + stream.quoted());
        }
    }

    private static boolean exists(PostgresSession session, String role) throws SQLException {
        return session.only("SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = ?)", row -> row.getBoolean(1), role);
    }
}
