package dev.slipway.postgres.schema;

import dev.slipway.migration.Finding;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a target's foreign keys. */
public final class ForeignKeys {
    private static final String VIOLATED = "23503";
    private final PostgresSession target;
    private final Set<String> settings;

    public ForeignKeys(PostgresSession target, Set<String> settings) {
        this.target = target;
        this.settings = settings;
    }

    /** Within a transaction; of a key to which the source's rows do not keep, it makes what is possible, and says so. */
    public List<Finding> make(List<ScriptEntry> keys) throws SQLException {
        List<Finding> violated = new ArrayList<>();
        for (ScriptEntry key : keys) {
            make(key).ifPresent(violated::add);
        }
        return violated;
    }

    private Optional<Finding> make(ScriptEntry key) throws SQLException {
        String script = SchemaScripts.forServer(key.script(), settings);
        target.execute("SAVEPOINT foreign_key");
        try {
            target.execute(script);
            target.execute("RELEASE SAVEPOINT foreign_key");
            return Optional.empty();
        } catch (SQLException e) {
            if (!PostgresFailure.state(e).equals(VIOLATED)) {
                throw e;
            }
            target.execute("ROLLBACK TO SAVEPOINT foreign_key");
            makeUnproved(script, e);
            target.execute("RELEASE SAVEPOINT foreign_key");
            return Optional.of(Finding.warning(
                    key.schema() + "." + key.tag(),
                    "is violated by rows of the source (" + PostgresFailure.line(e)
                            + ") and is NOT VALID on the target: mend the rows, then VALIDATE CONSTRAINT"));
        }
    }

    /** Before 18 a partitioned table cannot have such a key: then what its rows did is the failure. */
    private void makeUnproved(String script, SQLException violation) throws SQLException {
        int end = script.lastIndexOf(';');
        try {
            target.execute(script.substring(0, end) + " NOT VALID" + script.substring(end));
        } catch (SQLException e) {
            violation.addSuppressed(e);
            throw violation;
        }
    }
}
