package dev.slipway.postgres.session;

import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.migration.exception.StoreUnreachable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The one place where a server's error becomes a failure of ours. */
public final class PostgresFailure {
    /** The state of a statement that the role may not run. */
    public static final String NOT_ALLOWED = "42501";

    private static final String NO_LOCKS = "out of shared memory";
    private static final String MORE_LOCKS =
            "raise max_locks_per_transaction on the server that says so, then run again";
    private static final String SERIALIZATION = "40001";
    private static final String DEADLOCK = "40P01";
    private static final String LOCK_TIMEOUT = "55P03";
    private static final String DISK_FULL = "53100";
    private static final String NOT_IN_ENCODING = "22021";
    private static final String NOT_IN_OTHER_ENCODING = "22P05";
    private static final String TOO_LARGE = "54000";
    private static final String SMALLER_ROWS =
            "a server can send no row of more than 1 GB: take large values out of the row, then copy again";

    private PostgresFailure() {}

    public static SlipwayException unreachable(String tried, SQLException e) {
        String state = state(e);
        if (state.equals("28000")) {
            return new StoreUnreachable(
                    tried,
                    "the server admits no such login (" + line(e) + ")",
                    "let its pg_hba.conf admit it, and where it says no encryption, add ?sslmode=verify-full to the URL",
                    e);
        }
        if (state.startsWith("28")) {
            return new StoreUnreachable(
                    tried, "the login was refused (" + line(e) + ")", "check the user and the password", e);
        }
        if (state.equals("3D000")) {
            return new StoreUnreachable(tried, line(e), "check the database's name at the end of the URL", e);
        }
        if (state.equals("53300")) {
            return new StoreUnreachable(tried, line(e), "free some connections, or raise max_connections", e);
        }
        return NoConnection.of(tried, e);
    }

    /** A failure of the copy, or of the connection: then trying again may help. */
    public static SlipwayException copy(String tried, SQLException e) {
        return isConnectionLost(e) ? unreachable(tried, e) : new CopyFailed(tried, line(e), remedy(e), e);
    }

    /** A failure of a program that a copy runs, or of what is read of it. */
    public static SlipwayException copy(String tried, IOException e) {
        String line = String.valueOf(e.getMessage());
        return new CopyFailed(
                tried,
                line,
                line.contains(NO_LOCKS) ? MORE_LOCKS : "remove the cause that it names, then copy again",
                e);
    }

    /** What to do where a server has run out of locks. */
    public static Optional<String> moreLocks(SQLException e) {
        return line(e).contains(NO_LOCKS) ? Optional.of(MORE_LOCKS) : Optional.empty();
    }

    private static String remedy(SQLException e) {
        String line = line(e);
        if (line.contains(NO_LOCKS)) {
            return MORE_LOCKS;
        }
        if (line.contains("invalid memory alloc request size")) {
            return SMALLER_ROWS;
        }
        return switch (state(e)) {
            case TOO_LARGE -> SMALLER_ROWS;
            case DISK_FULL -> "make room on the disk of the server that says so, then copy again: it goes on";
            case NOT_IN_ENCODING, NOT_IN_OTHER_ENCODING ->
                "correct that text on the source, or take a target of the source's encoding, then copy again";
            default -> "remove the cause on the server that says so, then copy again";
        };
    }

    /** A failure of a repair, which has changed nothing. */
    public static SlipwayException repair(String tried, SQLException e) {
        if (isConnectionLost(e)) {
            return unreachable(tried, e);
        }
        boolean inTheWay = Set.of(SERIALIZATION, DEADLOCK, LOCK_TIMEOUT).contains(state(e));
        return new CopyFailed(
                tried,
                line(e),
                inTheWay
                        ? "nothing was changed; stop what else works on the target, then repair again"
                        : "nothing was changed; remove the cause on the target, then repair again",
                e);
    }

    public static boolean isConnectionLost(SQLException e) {
        String state = state(e);
        return state.startsWith("08") || state.startsWith("28") || state.startsWith("57P") || state.equals("53300");
    }

    /** The same error that names what it was about, where nothing does yet. */
    public static SQLException about(String table, SQLException e) {
        String line = line(e);
        boolean named = line.contains(table) || line.endsWith("]");
        return new SQLException(named ? line : line + " [" + table + "]", e.getSQLState(), e);
    }

    /** The server's own words on one line, without the rows that its detail may quote. */
    public static String line(SQLException e) {
        ServerErrorMessage message = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        String text = message == null || message.getMessage() == null ? e.getMessage() : message.getMessage();
        String first = text == null ? e.toString() : text.lines().findFirst().orElse("");
        return first.replaceFirst("^(FATAL|ERROR): +", "").replaceFirst("\\.$", "") + object(message);
    }

    private static String object(@Nullable ServerErrorMessage message) {
        if (message == null || message.getTable() == null || message.getSchema() == null) {
            return "";
        }
        return " [" + message.getSchema() + "." + message.getTable() + "]";
    }

    public static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
