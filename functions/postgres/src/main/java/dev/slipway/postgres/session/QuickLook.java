package dev.slipway.postgres.session;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into a user's rows. All together may take only so long: an inspection is no load. */
public final class QuickLook {
    private final PostgresSession session;
    private final long end;

    public QuickLook(PostgresSession session, Duration patience) {
        this.session = session;
        this.end = System.nanoTime() + patience.toNanos();
    }

    /** The first column; nothing where the time is over or the server refuses. */
    public Optional<List<Long>> numbers(String sql) throws SQLException {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
            return Optional.empty();
        }
        List<Long> found = new ArrayList<>();
        try {
            session.transaction(() -> {
                session.execute("SET LOCAL statement_timeout = " + left);
                found.addAll(session.query(sql, row -> row.getLong(1)));
            });
            return Optional.of(found);
        } catch (SQLException e) {
            if (PostgresFailure.isConnectionLost(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
