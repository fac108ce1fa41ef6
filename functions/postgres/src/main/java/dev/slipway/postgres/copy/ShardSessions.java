package dev.slipway.postgres.copy;

import dev.slipway.migration.Shard;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Takeover;
import java.sql.SQLException;

/**
 * The sessions on the target that add to one shard. Each holds a shared lock that says so: by it a worker that takes the shard over
 * finds those of its predecessor, which may be cut off from the machine but not from the server.
 */
final class ShardSessions {
    private static final int SPACE = 0x51195a9;

    private final String shard;
    private final int key;

    ShardSessions(Shard shard) {
        this.shard = shard.name();
        this.key = shard.name().hashCode();
    }

    void enter(PostgresSession session) throws SQLException {
        session.execute("SELECT pg_advisory_lock_shared(" + SPACE + ", " + key + ")");
    }

    void cutOffEarlier(PostgresSession session) throws SQLException {
        if (!Takeover.succeeds(() -> isAlone(session))) {
            throw new SQLException("another worker copies shard " + shard + " and does not end");
        }
    }

    private boolean isAlone(PostgresSession session) throws SQLException {
        session.query("""
                SELECT pg_terminate_backend(l.pid)
                  FROM pg_locks l
                  JOIN pg_database d ON d.oid = l.database
                 WHERE l.locktype = 'advisory' AND d.datname = current_database() AND l.pid <> pg_backend_pid()
                   AND l.classid = ?::bigint::oid AND l.objid = ?::bigint::oid
                """, row -> row.getBoolean(1), SPACE, Integer.toUnsignedLong(key));
        boolean alone =
                session.only("SELECT pg_try_advisory_lock(" + SPACE + ", " + key + ")", row -> row.getBoolean(1));
        if (alone) {
            session.execute("SELECT pg_advisory_unlock(" + SPACE + ", " + key + ")");
        }
        return alone;
    }
}
