package dev.slipway.postgres.follow;

import dev.slipway.migration.Following.Lag;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.postgres.session.OtherSessions;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** The place in the source's log from which a stream goes on. The server keeps its log from there, so nothing may leave one behind. */
final class StreamSlot implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Connection connection;
    private final String snapshot;

    private StreamSlot(Connection connection, String snapshot) {
        this.connection = connection;
        this.snapshot = snapshot;
    }

    /** Makes it together with a snapshot of the same moment, which others can take over until this is closed. */
    static StreamSlot make(ChangeStream stream) {
        Connection connection = PostgresSession.openForReplication(stream.from());
        try (Statement statement = connection.createStatement()) {
            // The server waits for every transaction that is open.
            statement.execute("SET statement_timeout = " + PATIENCE.toMillis());
            try (ResultSet made = statement.executeQuery(
                    "CREATE_REPLICATION_SLOT " + stream.quoted() + " LOGICAL pgoutput EXPORT_SNAPSHOT")) {
                made.next();
                return new StreamSlot(connection, made.getString("snapshot_name"));
            }
        } catch (SQLException e) {
            FollowFailed failure = failed(stream, e);
            close(connection);
            throw failure;
        }
    }

    /** Makes it by a session that another may have ended, and then not at all. */
    static void make(PostgresSession session, ChangeStream stream) throws SQLException {
        session.execute("SET statement_timeout = " + PATIENCE.toMillis());
        try {
            session.query("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", row -> true, stream.name());
        } catch (SQLException e) {
            if (PostgresFailure.isConnectionLost(e)) {
                throw e;
            }
            throw failed(stream, e);
        }
        session.execute("SET statement_timeout = 0");
    }

    private static FollowFailed failed(ChangeStream stream, SQLException e) {
        return new FollowFailed(
                "make a replication slot on " + stream.from(),
                PostgresFailure.line(e) + holder(stream),
                "log in as a role that may replicate, see to a free slot (max_replication_slots, max_wal_senders), and end transactions that stay open",
                e);
    }

    String snapshot() {
        return snapshot;
    }

    static boolean exists(PostgresSession session, ChangeStream stream) throws SQLException {
        return session.only(
                "SELECT EXISTS (SELECT 1 FROM pg_replication_slots WHERE slot_name = ?)",
                row -> row.getBoolean(1),
                stream.name());
    }

    /** Ends whoever is connected to it. */
    static void free(PostgresSession session, ChangeStream stream) throws SQLException {
        session.query(
                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = ? AND active",
                row -> row.getBoolean(1),
                stream.name());
    }

    static boolean isRead(PostgresSession session, ChangeStream stream) throws SQLException {
        return session.only(
                "SELECT EXISTS (SELECT 1 FROM pg_replication_slots WHERE slot_name = ? AND active)",
                row -> row.getBoolean(1),
                stream.name());
    }

    /** Up to which the other side has everything; a new one's is its beginning. */
    static Optional<String> confirmed(PostgresSession session, ChangeStream stream) throws SQLException {
        return session.first(
                "SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name = ?",
                row -> row.getString(1),
                stream.name());
    }

    /** Also where somebody is connected to it. */
    static void drop(PostgresSession session, ChangeStream stream) throws SQLException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (exists(session, stream)) {
            free(session, stream);
            try {
                session.query("SELECT pg_drop_replication_slot(?)", row -> true, stream.name());
            } catch (SQLException e) {
                if (System.nanoTime() > until || !PostgresFailure.state(e).equals("55006")) {
                    throw e;
                }
                pause();
            }
        }
    }

    static Optional<Lag> lag(PostgresSession session, ChangeStream stream) throws SQLException {
        return session.first(
                Sql.file("follow/lag"),
                row -> new Lag(
                        row.getLong("bytes"),
                        row.getLong("kept"),
                        Optional.ofNullable(row.getObject("milliseconds", Long.class))
                                .map(Duration::ofMillis),
                        row.getBoolean("flowing")),
                stream.name());
    }

    /** Whether the server has given up what the other side still lacks; servers older than 13 never do. */
    static boolean isLost(PostgresSession session, ChangeStream stream) throws SQLException {
        return session.first(
                        "SELECT to_jsonb(s) ->> 'wal_status' = 'lost' FROM pg_replication_slots s WHERE slot_name = ?",
                        row -> row.getBoolean(1),
                        stream.name())
                .orElse(false);
    }

    /** Whether the other side has on its disk all that was written up to that place. */
    static boolean hasConfirmed(PostgresSession session, ChangeStream stream, String place) throws SQLException {
        return session.first(
                        "SELECT confirmed_flush_lsn >= ?::pg_lsn FROM pg_replication_slots WHERE slot_name = ?",
                        row -> row.getBoolean(1),
                        place,
                        stream.name())
                .orElse(false);
    }

    static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FollowFailed(
                    "follow a database", "it was interrupted", "run the same again: it goes on where it was", e);
        }
    }

    private static String holder(ChangeStream stream) {
        try (PostgresSession session = PostgresSession.open(stream.from())) {
            return " (" + OtherSessions.oldest(session) + ")";
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the driver cannot close a connection", e);
        }
    }

    @Override
    public void close() {
        close(connection);
    }
}
