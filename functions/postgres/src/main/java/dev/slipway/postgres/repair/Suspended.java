package dev.slipway.postgres.repair;

import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.table.PostgresTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The foreign keys, triggers and rules of some tables, taken away in a transaction and brought back in it. A mere owner may do
 * this, where switching all triggers off by session_replication_role is a superuser's.
 */
final class Suspended {
    private final PostgresSession session;
    private final List<Step> steps;

    private Suspended(PostgresSession session, List<Step> steps) {
        this.session = session;
        this.steps = steps;
    }

    private record Step(
            @Nullable String suspend,
            String resume,
            @Nullable String obstacle) {}

    /** Takes them away. Until the transaction ends nobody else writes to the tables. */
    static Suspended of(PostgresSession session, List<PostgresTable> tables) throws SQLException {
        String[] names = tables.stream().map(PostgresTable::qualified).sorted().toArray(String[]::new);
        if (names.length > 0) {
            session.execute("LOCK TABLE ONLY " + String.join(", ONLY ", names) + " IN SHARE ROW EXCLUSIVE MODE");
        }
        List<Step> steps = session.query(
                Sql.file("repair/suspend"),
                row -> new Step(row.getString("suspend"), row.getString("resume"), row.getString("obstacle")),
                (Object) names);
        demandResumable(steps);
        for (Step step : steps) {
            if (step.suspend != null) {
                session.execute(step.suspend);
            }
        }
        return new Suspended(session, steps);
    }

    private static void demandResumable(List<Step> steps) {
        Optional<String> obstacle =
                steps.stream().map(Step::obstacle).filter(Objects::nonNull).findFirst();
        if (obstacle.isPresent()) {
            throw new InvalidInput(
                    "take away " + obstacle.get() + " for a repair",
                    "some of its triggers are switched off on the target, and it could not be made anew like that",
                    "let a superuser enable them (ALTER TABLE … ENABLE TRIGGER ALL), then repair again");
        }
    }

    /** Brings them back; foreign keys that were valid are proved again. */
    void resume() throws SQLException {
        // Nothing can be altered on a table for which a deferred unique constraint still has to be checked.
        session.execute("SET CONSTRAINTS ALL IMMEDIATE");
        for (Step step : steps) {
            session.execute(step.resume);
        }
    }
}
