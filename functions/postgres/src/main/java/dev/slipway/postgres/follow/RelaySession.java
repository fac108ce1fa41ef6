package dev.slipway.postgres.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * Reads the changes of one side from its slot and makes them on the other. Some transactions of the source are one on the target, but
 * none is in two; each notes the place behind it, so that one that was cut off is known to have been made, or not.
 */
final class RelaySession implements AutoCloseable {
    /** Of statements that are sent at once. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private static final int STATUS_SECONDS = 1;

    private final ChangeStream stream;
    private final String carrier;
    private final PostgresSession to;
    private final RowStatements statements;
    private final Connection from;
    private final PGReplicationStream log;
    private final LogReader reader = new LogReader();
    private final List<String> unsent = new ArrayList<>();
    private int characters;
    private boolean open;
    private boolean within;
    private Optional<LogSequenceNumber> reached = Optional.empty();

    private RelaySession(
            ChangeStream stream, String carrier, PostgresSession to, Connection from, PGReplicationStream log) {
        this.stream = stream;
        this.carrier = carrier;
        this.to = to;
        this.statements = new RowStatements(to);
        this.from = from;
        this.log = log;
    }

    /**
     * Becomes the only one that carries the stream.
     *
     * @throws FollowFailed if there is no such stream any more
     * @throws SQLException if the log cannot be read, because another reads it, say
     */
    static RelaySession open(ChangeStream stream) throws SQLException {
        String carrier = UUID.randomUUID().toString();
        PostgresSession to = PostgresSession.openForScripts(stream.to());
        try {
            to.execute("SET synchronous_commit = on; SET session_replication_role = replica");
            String place = RelayPlace.take(to, stream, carrier)
                    .orElseThrow(() -> new FollowFailed(
                            "carry changes to " + stream.to(), "nothing follows there any more", "copy with --follow"));
            to.execute("SET slipway.carrier = " + Sql.literal(carrier));
            return reading(stream, carrier, to, LogSequenceNumber.valueOf(place));
        } catch (SQLException | RuntimeException e) {
            to.abort();
            throw e;
        }
    }

    private static RelaySession reading(
            ChangeStream stream, String carrier, PostgresSession to, LogSequenceNumber place) throws SQLException {
        Connection from = PostgresSession.openForReplication(stream.from());
        try {
            return new RelaySession(stream, carrier, to, from, log(from, stream, place));
        } catch (SQLException e) {
            PostgresSession.abort(from);
            throw e;
        }
    }

    private static PGReplicationStream log(Connection from, ChangeStream stream, LogSequenceNumber place)
            throws SQLException {
        try (Statement statement = from.createStatement()) {
            for (String setting : PostgresSession.texts()) {
                statement.execute(setting);
            }
        }
        return from.unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(stream.name())
                .withStartPosition(place)
                .withSlotOption("proto_version", 1)
                .withSlotOption("publication_names", stream.name())
                .withStatusInterval(STATUS_SECONDS, TimeUnit.SECONDS)
                .start();
    }

    /**
     * Brings over what there is.
     *
     * @return whether there was anything
     */
    boolean step() throws SQLException {
        ByteBuffer message = log.readPending();
        if (message == null) {
            settle();
            return false;
        }
        take(reader.read(message));
        if (characters > MOST_CHARACTERS) {
            send();
            if (!within) {
                settle();
            }
        }
        return true;
    }

    private void take(LogMessage message) throws SQLException {
        switch (message) {
            case LogMessage.Begun _ -> within = true;
            case LogMessage.Committed(long end) -> {
                within = false;
                reached = Optional.of(LogSequenceNumber.valueOf(end));
            }
            case LogMessage.Described(LoggedTable table) -> statements.forget(table);
            case LogMessage.Inserted(LoggedTable table, LoggedRow row) -> add(statements.insert(table, row));
            case LogMessage.Updated(LoggedTable table, var before, LoggedRow row) -> {
                Optional<String> update = statements.update(table, before, row);
                if (update.isPresent()) {
                    add(update.get());
                }
            }
            case LogMessage.Deleted(LoggedTable table, LoggedRow row) -> add(statements.delete(table, row));
            case LogMessage.Truncated truncated -> add(RowStatements.truncate(truncated));
            case LogMessage.Other _ -> {
                // Texts need no types.
            }
        }
    }

    private void add(String statement) {
        unsent.add(statement);
        characters += statement.length();
    }

    private void send() throws SQLException {
        if (!open) {
            unsent.addFirst("BEGIN READ WRITE; " + RelayPlace.guard(stream, carrier));
            open = true;
        }
        to.executeAll(unsent);
        unsent.clear();
        characters = 0;
    }

    /** Commits what has come as a whole, and lets the source forget it. Nothing of a transaction that is still coming is among it. */
    private void settle() throws SQLException {
        if (within) {
            return;
        }
        if (open || !unsent.isEmpty()) {
            add(RelayPlace.reached(stream, carrier, reached.orElseThrow().asString()));
            add("COMMIT");
            send();
            open = false;
        }
        confirm();
    }

    /** Where nothing is under way, all that the source has sent is here. */
    private void confirm() throws SQLException {
        LogSequenceNumber heard = log.getLastReceiveLSN();
        LogSequenceNumber here = reached.filter(end -> end.compareTo(heard) > 0).orElse(heard);
        if (here.compareTo(log.getLastFlushedLSN()) > 0) {
            log.setAppliedLSN(here);
            log.setFlushedLSN(here);
            log.forceUpdateStatus();
        }
    }

    /** Why a session ended. */
    static String reason(Exception e) {
        return e instanceof SQLException failed ? PostgresFailure.line(failed) : String.valueOf(e.getMessage());
    }

    @Override
    public void close() {
        to.abort();
        PostgresSession.abort(from);
    }
}
