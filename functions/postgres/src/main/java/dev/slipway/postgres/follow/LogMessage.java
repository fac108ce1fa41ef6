package dev.slipway.postgres.follow;

import java.util.List;
import java.util.Optional;

/** What a publication tells of a change. */
sealed interface LogMessage {
    /** A transaction; its changes come until its {@link Committed}. */
    record Begun() implements LogMessage {}

    /** @param end the place in the log behind it */
    record Committed(long end) implements LogMessage {}

    record Inserted(LoggedTable table, LoggedRow row) implements LogMessage {}

    /** @param before where the key has changed, or the table has none */
    record Updated(LoggedTable table, Optional<LoggedRow> before, LoggedRow row) implements LogMessage {}

    record Deleted(LoggedTable table, LoggedRow row) implements LogMessage {}

    record Truncated(List<LoggedTable> tables, boolean cascades, boolean restarts) implements LogMessage {
        public Truncated {
            tables = List.copyOf(tables);
        }
    }

    /** Tables are described before they are first changed, and when they are others than before. */
    record Described(LoggedTable table) implements LogMessage {}

    /** Of what types columns are, and where a transaction comes from. */
    record Other() implements LogMessage {}
}
