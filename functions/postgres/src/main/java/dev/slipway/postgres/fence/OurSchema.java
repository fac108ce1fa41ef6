package dev.slipway.postgres.fence;

import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;

/** The schema {@code slipway}, where a fence and a copy keep what they must remember; it goes with the last of them. */
public final class OurSchema {
    private OurSchema() {}

    public static void dropIfEmpty(PostgresSession session) throws SQLException {
        boolean used = session.only("""
                SELECT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace('slipway'))
                    OR EXISTS (SELECT 1 FROM pg_proc WHERE pronamespace = to_regnamespace('slipway'))
                """, row -> row.getBoolean(1));
        if (!used) {
            session.execute("DROP SCHEMA IF EXISTS slipway");
        }
    }
}
