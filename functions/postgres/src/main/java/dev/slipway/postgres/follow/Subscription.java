package dev.slipway.postgres.follow;

import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The end of a stream whose changes the following server takes in by itself. */
final class Subscription {
    /**
     * What a target may lack before the copy: {@code undefined_table} and {@code invalid_schema_name}
     * (postgresql.org/docs/current/errcodes-appendix.html).
     */
    private static final Set<String> NOT_COPIED_YET = Set.of("42P01", "3F000");

    /** As libpq says it (fe-connect.c). */
    private static final String UNKNOWN_NAME = "could not translate host name";

    private Subscription() {}

    /** What a server says to a subscription. */
    sealed interface Offer {
        /** @param statement that makes one without letting it flow: the slot is there, and so is what came before it */
        record Taken(String statement) implements Offer {}

        /** It cannot reach the other server, or its login may have none. */
        record Refused(String reason) implements Offer {}
    }

    /**
     * Tried for a moment, so that a copy of hours does not fail at its end; there the tables and their schemas may still be missing. In a
     * session of its own, since a server drops the temporary slots of one whose statement has failed.
     */
    static Offer offered(ChangeStream stream, String password) throws SQLException {
        try (PostgresSession session = PostgresSession.open(stream.to())) {
            return offered(session, stream, password);
        }
    }

    private static Offer offered(PostgresSession session, ChangeStream stream, String password) throws SQLException {
        String byName = statement(stream, password, Optional.empty());
        Optional<SQLException> refusal = refusal(session, byName);
        if (refusal.isEmpty()) {
            return new Offer.Taken(byName);
        }
        Optional<String> address = String.valueOf(refusal.get().getMessage()).contains(UNKNOWN_NAME)
                ? addressOf(stream.from().host())
                : Optional.empty();
        String byAddress = statement(stream, password, address);
        Optional<SQLException> last = address.isEmpty() ? refusal : refusal(session, byAddress);
        return last.<Offer>map(e -> new Offer.Refused(PostgresFailure.line(e))).orElse(new Offer.Taken(byAddress));
    }

    private static String statement(ChangeStream stream, String password, Optional<String> address) {
        return "CREATE SUBSCRIPTION " + stream.quoted() + " CONNECTION "
                + Sql.literal(stream.connection(password, address)) + " PUBLICATION " + stream.quoted()
                + " WITH (create_slot = false, slot_name = " + Sql.literal(stream.name())
                + ", enabled = false, copy_data = false, synchronous_commit = 'on')";
    }

    private static Optional<SQLException> refusal(PostgresSession session, String statement) throws SQLException {
        session.execute("BEGIN");
        try {
            session.execute(statement);
            return Optional.empty();
        } catch (SQLException e) {
            return NOT_COPIED_YET.contains(PostgresFailure.state(e)) ? Optional.empty() : Optional.of(e);
        } finally {
            session.execute("ROLLBACK");
        }
    }

    /** As this process sees it. */
    private static Optional<String> addressOf(String host) {
        try {
            return Optional.of(InetAddress.getByName(host).getHostAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    static boolean exists(PostgresSession session, ChangeStream stream) throws SQLException {
        return session.only(
                "SELECT EXISTS (SELECT 1 FROM pg_stat_subscription WHERE subname = ?)",
                row -> row.getBoolean(1),
                stream.name());
    }

    /** Whether changes may flow, and the server has started nothing that takes them in. */
    static boolean isAsleep(PostgresSession session, ChangeStream stream) throws SQLException {
        return session.only("""
                SELECT EXISTS (
                    SELECT 1 FROM pg_stat_subscription a JOIN pg_subscription s ON s.oid = a.subid
                    WHERE s.subname = ? AND s.subenabled AND a.pid IS NULL)
                """, row -> row.getBoolean(1), stream.name());
    }

    static void enable(PostgresSession session, ChangeStream stream) throws SQLException {
        session.execute(enabling(stream));
    }

    private static String enabling(ChangeStream stream) {
        return "ALTER SUBSCRIPTION " + stream.quoted() + " ENABLE";
    }

    /**
     * Returns when nothing is taken in any more.
     *
     * @return what lets it flow again: it knows what it has taken in, also where the other server does not
     */
    static List<String> halt(PostgresSession session, ChangeStream stream) throws SQLException {
        session.execute("ALTER SUBSCRIPTION " + stream.quoted() + " DISABLE");
        // By itself it looks once a second whether it may go on.
        while (!session.query(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_subscription WHERE subname = ? AND pid IS NOT NULL",
                        row -> row.getBoolean(1),
                        stream.name())
                .isEmpty()) {
            StreamSlot.pause();
        }
        return List.of(enabling(stream));
    }

    /** Leaves the slot to whoever drops that. */
    static void drop(PostgresSession session, ChangeStream stream) throws SQLException {
        if (exists(session, stream)) {
            // As one: a subscription without its slot's name could not flow again.
            session.transaction(() -> {
                session.execute("ALTER SUBSCRIPTION " + stream.quoted() + " DISABLE");
                session.execute("ALTER SUBSCRIPTION " + stream.quoted() + " SET (slot_name = NONE)");
                session.execute("DROP SUBSCRIPTION " + stream.quoted());
            });
        }
    }
}
