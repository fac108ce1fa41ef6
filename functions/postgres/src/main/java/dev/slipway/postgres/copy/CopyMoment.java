package dev.slipway.postgres.copy;

import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.util.List;

/** The moment of the source that a copy shows, and what happens together with the copy's end. */
public interface CopyMoment {
    /** The moment in which the copy begins. */
    CopyMoment NOW = new CopyMoment() {
        @Override
        public String hold(PostgresSession from) throws SQLException {
            return from.exportSnapshot();
        }

        @Override
        public List<String> last() {
            return List.of();
        }

        @Override
        public boolean isAnyMoment() {
            return true;
        }
    };

    /** Begins a transaction in which the session sees it, and names the snapshot for others. */
    String hold(PostgresSession from) throws SQLException;

    /** Statements for the transaction on the target that ends the copy. */
    List<String> last();

    /** Whether a target that is the same as the source at another moment will do. */
    boolean isAnyMoment();
}
