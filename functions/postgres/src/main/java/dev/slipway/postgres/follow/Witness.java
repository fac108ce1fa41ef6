package dev.slipway.postgres.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.postgres.compare.ChangedRows;
import dev.slipway.postgres.session.OtherSessions;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Proves a fence: a slot of one session's own whose log is decoded, so that a change to a followed table is seen whoever made it, and
 * whatever they switched off for it. It goes with the session. A place in the log would prove nothing: the log moves on an idle server.
 */
final class Witness {
    /** Changes; a transaction comes as a whole. */
    private static final int AT_ONCE = 20_000;

    private final PostgresSession session;
    private final ChangeStream stream;
    private final String name;

    private Witness(PostgresSession session, ChangeStream stream, String name) {
        this.session = session;
        this.stream = stream;
        this.name = name;
    }

    /** Waits for every transaction that is open: post it before the fence. */
    static Witness post(PostgresSession session, ChangeStream stream) throws SQLException {
        // That of a session which has just ended may still be there.
        int process = session.only("SELECT pg_backend_pid()", row -> row.getInt(1));
        Witness witness = new Witness(session, stream, stream.name() + "_" + process);
        session.execute("SET statement_timeout = " + StreamSlot.PATIENCE.toMillis());
        try {
            session.query("SELECT pg_create_logical_replication_slot(?, 'pgoutput', true)", row -> true, witness.name);
        } catch (SQLException e) {
            throw new FollowFailed(
                    "watch the fence of " + stream.from(),
                    PostgresFailure.line(e) + " (" + OtherSessions.oldest(session) + ")",
                    "see to a second free slot (max_replication_slots), and end transactions that stay open; nothing was changed",
                    e);
        } finally {
            session.execute("SET statement_timeout = 0");
        }
        return witness;
    }

    /**
     * What was changed since it was posted, or since this was asked last.
     *
     * @param end only what was committed before this place; what comes after it is left for the next question
     */
    ChangedRows take(Optional<String> end) throws SQLException {
        ChangedKeys keys = new ChangedKeys();
        boolean more = true;
        while (more) {
            List<byte[]> messages = session.query(
                    "SELECT data FROM pg_logical_slot_get_binary_changes(?, ?::pg_lsn, ?, 'proto_version', '1', 'publication_names', ?)",
                    row -> row.getBytes(1),
                    name,
                    end.orElse(null),
                    AT_ONCE,
                    stream.name());
            messages.forEach(keys::read);
            more = !messages.isEmpty();
        }
        return keys.rows();
    }

    /** The table that somebody wrote to since, by name. */
    Optional<String> sawAWrite() throws SQLException {
        // Of a publication's messages those of rows and of TRUNCATE: PostgreSQL's manual, "Logical Replication Message
        // Formats".
        Optional<byte[]> change = session.first(
                "SELECT data FROM pg_logical_slot_peek_binary_changes(?, NULL, NULL, 'proto_version', '1', 'publication_names', ?)"
                        + " WHERE chr(get_byte(data, 0)) IN ('I', 'U', 'D', 'T') LIMIT 1",
                row -> row.getBytes(1),
                name,
                stream.name());
        return change.isEmpty() ? Optional.empty() : Optional.of(table(change.get()));
    }

    private String table(byte[] message) throws SQLException {
        // A TRUNCATE counts its tables first: four bytes and one of options.
        int at = message[0] == 'T' ? 6 : 1;
        long oid = Integer.toUnsignedLong(ByteBuffer.wrap(message).getInt(at));
        return session.only("SELECT ?::oid::regclass::text", row -> row.getString(1), oid);
    }
}
