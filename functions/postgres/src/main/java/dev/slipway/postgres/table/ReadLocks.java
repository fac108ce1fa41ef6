package dev.slipway.postgres.table;

import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The locks of what a session reads in its snapshot's transaction, which would hold them to its end: a server has not as many as a
 * database may have tables. After some tables they are let go of together; the snapshot stays.
 */
public final class ReadLocks {
    /** At once, for each session; a table's indexes are locked with it. */
    public static final int RELATIONS = 100;

    private final PostgresSession session;
    private final Set<String> held = new HashSet<>();

    /** @param session in a transaction that only reads */
    public ReadLocks(PostgresSession session) throws SQLException {
        this.session = session;
        session.execute("SAVEPOINT before_reading");
    }

    /** Before relations are read, of which no more than a hundred may go together. */
    public void expect(Collection<String> relations) throws SQLException {
        if (!held.containsAll(relations) && held.size() + relations.size() > RELATIONS) {
            session.execute("ROLLBACK TO SAVEPOINT before_reading");
            held.clear();
        }
        held.addAll(relations);
    }

    /** After the last of them, where the transaction goes on: within its savepoint no snapshot can be shared. */
    public void release() throws SQLException {
        session.execute("ROLLBACK TO SAVEPOINT before_reading; RELEASE SAVEPOINT before_reading");
    }

    /** Before parts of tables are read. */
    public void expectRows(Collection<TableChunk> chunks) throws SQLException {
        expect(chunks.stream().map(chunk -> chunk.table().qualified()).toList());
    }
}
