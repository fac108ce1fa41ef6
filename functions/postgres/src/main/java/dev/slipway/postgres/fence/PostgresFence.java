package dev.slipway.postgres.fence;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.postgres.session.OtherSessions;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stops an app's writes. A trigger on every table, ALWAYS enabled, refuses even a superuser and a replica-role session; the
 * database's default makes new sessions read-only, and the sessions that are open are ended, which stops sequences, DDL and
 * large objects too. Taking the triggers' locks waits for writers in flight.
 */
public final class PostgresFence {
    // Below deadlock_timeout (1 s): we give way before the server picks a victim, which could be the app.
    private static final int LOCK_MILLISECONDS = 900;

    // Above it: an autovacuum gives way only to who has waited that long.
    private static final int LOCK_MILLISECONDS_BESIDE_AUTOVACUUM = 1500;

    /** Tables whose triggers are taken off in one transaction. */
    private static final int TOGETHER = 200;

    private final Duration patience;

    public PostgresFence(Duration patience) {
        this.patience = patience;
    }

    public void raise(StoreUrl store, FenceToken token) {
        try (PostgresSession session = PostgresSession.open(store)) {
            raise(session, token);
        }
    }

    /** By a session that another may have ended, and then not at all. */
    public void raise(PostgresSession session, FenceToken token) {
        raiseWhere(() -> true, session, token);
    }

    /** @param condition is looked at when nobody else can raise or lower it */
    public void raiseWhere(Condition condition, PostgresSession session, FenceToken token) {
        insist("fence " + session.url(), session, () -> {
            if (!install(condition, session, token)) {
                return;
            }
            OtherSessions.end(session, patience);
            // A table that an ended session committed last has no trigger yet: the next round gives it one.
            if (!unfenced(session).isEmpty()) {
                throw new FenceIncomplete();
            }
        });
    }

    /** Something that can be read of a database. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws SQLException;
    }

    public Optional<FenceToken> standing(StoreUrl store) {
        try (PostgresSession session = PostgresSession.open(store)) {
            return standing(session);
        } catch (SQLException e) {
            throw PostgresFailure.unreachable("read the fence of " + store, e);
        }
    }

    public Optional<FenceToken> standing(PostgresSession session) throws SQLException {
        return checked(session, session.url()).map(FenceState::token);
    }

    /** The fence that stands, every trigger of it seen; empty where none was raised. */
    static Optional<FenceState> checked(PostgresSession session, StoreUrl store) throws SQLException {
        Optional<FenceState> state = FenceState.read(session).filter(found -> !found.lifted());
        if (state.isPresent()) {
            List<String> unfenced = unfenced(session);
            boolean open = !setting(session).equals(Optional.of("on"));
            if (open || !unfenced.isEmpty()) {
                throw new FenceBroken(
                        "rely on the fence of " + store,
                        open
                                ? "somebody took back the database's default_transaction_read_only"
                                : "these tables have lost its trigger: " + String.join(", ", unfenced),
                        "find out who changed it; what was copied under it must be copied again");
            }
        }
        return state;
    }

    public void lower(StoreUrl store, FenceToken token) {
        try (PostgresSession session = PostgresSession.open(store)) {
            lower(session, token);
        }
    }

    /** By a session that another may have ended, and then not at all. */
    public void lower(PostgresSession session, FenceToken token) {
        StoreUrl store = session.url();
        insist("lift the fence of " + store, session, () -> {
            Optional<FenceState> state = FenceState.read(session);
            if (state.isPresent()) {
                state.get().demand(token, store);
                open(session, state.get());
                OtherSessions.end(session, patience);
                remove(session);
            }
        });
    }

    private static boolean install(Condition condition, PostgresSession session, FenceToken token) throws SQLException {
        AtomicBoolean met = new AtomicBoolean();
        session.transaction(() -> {
            FenceState.lockOut(session);
            met.set(condition.holds());
            if (met.get()) {
                install(session, token);
            }
        });
        return met.get();
    }

    private static void install(PostgresSession session, FenceToken token) throws SQLException {
        // What is read under the fence must not be lost in a crash after it, nor the fence.
        session.execute("SET LOCAL synchronous_commit = on");
        Optional<FenceState> found = FenceState.read(session);
        found.ifPresent(state -> state.demand(token, session.url()));
        Optional<FenceState> standing = found.filter(state -> !state.lifted());
        List<String> unfenced = unfenced(session);
        boolean unbroken =
                standing.isPresent() && unfenced.isEmpty() && setting(session).equals(Optional.of("on"));
        Optional<String> earlier = standing.isPresent() ? standing.get().earlierSetting() : setting(session);
        session.execute(Sql.file("fence/fence"));
        if (!unbroken) {
            List<String> all = new ArrayList<>(unfenced);
            all.addAll(fenced(session));
            lock(session, all, "SHARE ROW EXCLUSIVE");
            for (String table : unfenced) {
                addTrigger(session, table);
            }
            changeDatabase(session, "SET default_transaction_read_only = on");
        }
        // What was copied counts as long as the fence was never open: its nonce tells.
        String nonce = unbroken ? standing.get().nonce() : UUID.randomUUID().toString();
        FenceState.write(session, new FenceState(token, nonce, earlier, false));
    }

    private static void addTrigger(PostgresSession session, String table) throws SQLException {
        session.execute("DROP TRIGGER IF EXISTS slipway_fence ON " + table);
        session.execute("CREATE TRIGGER slipway_fence BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON " + table
                + " FOR EACH STATEMENT EXECUTE FUNCTION slipway.refuse()");
        session.execute("ALTER TABLE " + table + " ENABLE ALWAYS TRIGGER slipway_fence");
    }

    /** Needs no lock that a reader could hold up: from its commit on the app can write. */
    private static void open(PostgresSession session, FenceState state) throws SQLException {
        session.transaction(() -> {
            FenceState.lockOut(session);
            if (!state.lifted()) {
                session.execute(
                        "CREATE OR REPLACE FUNCTION slipway.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
                changeDatabase(
                        session,
                        state.earlierSetting()
                                .map(value -> "SET default_transaction_read_only = " + Sql.literal(value))
                                .orElse("RESET default_transaction_read_only"));
                session.execute("UPDATE slipway.fence SET lifted = true");
            }
        });
    }

    /** What is left of a lifted fence does nothing: it goes a few tables at a time, since a server has not as many locks as a database may have tables. */
    private static void remove(PostgresSession session) throws SQLException {
        boolean more = true;
        while (more && isLifted(session)) {
            List<String> fenced = fenced(session);
            List<String> some = fenced.subList(0, Math.min(TOGETHER, fenced.size()));
            more = some.size() < fenced.size();
            boolean last = !more;
            session.transaction(() -> remove(session, some, last));
        }
    }

    private static void remove(PostgresSession session, List<String> tables, boolean last) throws SQLException {
        FenceState.lockOut(session);
        if (!isLifted(session)) {
            // Somebody has raised one again, or taken all of this away.
            return;
        }
        lock(session, tables, "ACCESS EXCLUSIVE");
        session.executeAll(tables.stream()
                .map(table -> "DROP TRIGGER IF EXISTS slipway_fence ON " + table)
                .toList());
        if (last) {
            session.execute("DROP FUNCTION slipway.refuse(); DROP TABLE slipway.fence");
            OurSchema.dropIfEmpty(session);
        }
    }

    private static boolean isLifted(PostgresSession session) throws SQLException {
        return FenceState.read(session).filter(FenceState::lifted).isPresent();
    }

    private static void lock(PostgresSession session, List<String> tables, String mode) throws SQLException {
        if (!tables.isEmpty()) {
            boolean vacuumed = session.only(Sql.file("fence/autovacuum"), row -> row.getBoolean(1));
            session.execute("SET LOCAL statement_timeout = "
                    + (vacuumed ? LOCK_MILLISECONDS_BESIDE_AUTOVACUUM : LOCK_MILLISECONDS));
            session.execute("LOCK TABLE ONLY " + String.join(", ONLY ", tables) + " IN " + mode + " MODE");
            session.execute("SET LOCAL statement_timeout = 0");
        }
    }

    private static void changeDatabase(PostgresSession session, String change) throws SQLException {
        String database = session.only("SELECT current_database()", row -> row.getString(1));
        session.execute("ALTER DATABASE " + Sql.identifier(database) + " " + change);
    }

    private static List<String> unfenced(PostgresSession session) throws SQLException {
        return session.query(Sql.file("fence/unfenced-tables"), row -> row.getString("name"));
    }

    private static List<String> fenced(PostgresSession session) throws SQLException {
        return session.query(Sql.file("fence/fenced-tables"), row -> row.getString("name"));
    }

    private static Optional<String> setting(PostgresSession session) throws SQLException {
        return session.first(Sql.file("fence/database-setting"), row -> row.getString("value"));
    }

    private void insist(String what, PostgresSession session, Attempt attempt) {
        RetryPolicy<Object> again = RetryPolicy.builder()
                .handleIf(e -> e instanceof FenceIncomplete || (e instanceof SQLException s && isBusy(s)))
                .withDelay(Duration.ofMillis(300))
                .withMaxRetries(-1)
                .withMaxDuration(patience)
                .build();
        try {
            Failsafe.with(again).run(attempt::run);
        } catch (FailsafeException e) {
            throw failure(what, session, e);
        } catch (FenceIncomplete e) {
            throw new FenceBroken(what, "new tables keep appearing", "stop whatever creates them, then run again", e);
        }
    }

    private SlipwayException failure(String what, PostgresSession session, FailsafeException e) {
        if (!(e.getCause() instanceof SQLException cause)) {
            throw e;
        }
        return isBusy(cause)
                ? new FenceBroken(
                        what,
                        "a lock was not free within " + patience.toSeconds() + " seconds ("
                                + OtherSessions.oldest(session) + ")",
                        "end that transaction, or run again when it is over",
                        cause)
                : PostgresFailure.isConnectionLost(cause)
                        ? PostgresFailure.unreachable(what, cause)
                        : new FenceBroken(
                                what,
                                PostgresFailure.line(cause),
                                PostgresFailure.moreLocks(cause)
                                        .orElse("log in as the database's owner, who also owns the tables"),
                                cause);
    }

    /** A canceled wait, a lock that is not free, a deadlock, or two that created the same thing. */
    private static boolean isBusy(SQLException e) {
        return List.of("57014", "55P03", "40P01", "40001", "23505", "XX000").contains(PostgresFailure.state(e));
    }

    /** One round of raising or lifting. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws SQLException;
    }

    /** A table came into being while the fence went up. */
    private static final class FenceIncomplete extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
