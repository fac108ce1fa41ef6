package dev.slipway.postgres.inspect;

import dev.slipway.migration.Detail;
import dev.slipway.migration.Details;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Severity;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.postgres.copy.PostgresCopy;
import dev.slipway.postgres.fence.FenceState;
import dev.slipway.postgres.session.InspectionQuery;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.tools.PostgresTools;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads what a database is and holds, and which traps wait in it. */
public final class PostgresInspection {
    // A lock that an app holds for long must not hold up the inspection, nor may this hold up the app.
    private static final String CAREFUL =
            "SET default_transaction_read_only = on; SET lock_timeout = '5s'; SET statement_timeout = '60s'";

    private final PostgresTools tools;
    private final Traps traps = new Traps();
    private final List<Detail> details = new ArrayList<>();

    public PostgresInspection(PostgresTools tools) {
        this.tools = tools;
    }

    public Inspection run(StoreUrl store) {
        try (PostgresSession session = PostgresSession.open(store)) {
            return run(session, store);
        } catch (SQLException e) {
            throw PostgresFailure.unreachable("inspect " + store, e);
        }
    }

    public Inspection run(PostgresSession session, StoreUrl store) throws SQLException {
        makeCareful(session);
        for (InspectionQuery query : InspectionQuery.in("inspect/details")) {
            ask(session, query, () -> details.addAll(session.query(query.sql(), PostgresInspection::detail)));
        }
        program(session, store);
        for (InspectionQuery query : InspectionQuery.in("inspect/traps")) {
            ask(session, query, () -> traps.addAll(session.query(query.sql(), Trap::read)));
        }
        others(session);
        details.add(new Detail("counted", traps.counted(), ""));
        return new Inspection(
                StoreKind.POSTGRES,
                session.only("SHOW server_version", row -> row.getString(1)),
                session.only(Sql.file("table/rows"), row -> row.getLong(1)),
                session.only("SELECT pg_database_size(current_database())", row -> row.getLong(1)),
                PostgresCopy.isEmpty(session),
                new Details(details),
                traps.findings());
    }

    /** From here on the session changes nothing and waits for nobody. */
    public static void makeCareful(PostgresSession session) throws SQLException {
        session.execute(CAREFUL);
    }

    private void others(PostgresSession session) throws SQLException {
        String user = session.only("SELECT current_user", row -> row.getString(1));
        check(
                "what may not be read",
                () -> traps.addAll(session.query(Sql.file("access/unreadable"), row -> unreadable(row, user))));
        check(
                "what only a superuser may make",
                () -> traps.addAll(
                        session.query(Sql.file("inspect/superuser-objects"), PostgresInspection::superuserObject)));
        check("jobs of pg_cron", () -> traps.addAll(CronJobs.read(session, details)));
        check("foreign keys", () -> traps.addAll(new ForeignKeyInspection(session).check(details)));
        check("wide rows", () -> traps.addAll(new WideRows(session).check(details)));
        check(
                "a fence",
                () -> FenceState.read(session)
                        .ifPresent(state -> traps.add(new Trap(
                                Severity.WARNING,
                                "",
                                "the database",
                                "carries the fence of " + state.token() + (state.lifted() ? ", lifted" : ""),
                                "nothing, if that migration is still to go on"))));
    }

    private void ask(PostgresSession session, InspectionQuery query, PostgresSession.Work work) throws SQLException {
        if (session.majorVersion() >= query.since()) {
            check(query.title(), work);
        }
    }

    /** What could not be looked at is said, and does not end the inspection. */
    private void check(String title, PostgresSession.Work work) throws SQLException {
        try {
            work.run();
        } catch (SQLException e) {
            if (PostgresFailure.isConnectionLost(e)) {
                throw e;
            }
            traps.add(Trap.notChecked(title, PostgresFailure.line(e)));
        }
    }

    private void program(PostgresSession session, StoreUrl store) throws SQLException {
        int version = session.majorVersion();
        try {
            tools.program("pg_dump", store, version);
        } catch (InvalidInput e) {
            traps.add(new Trap(
                    Severity.BLOCKER,
                    "",
                    "pg_dump",
                    "is missing here, or older than the server",
                    "install the PostgreSQL client " + version + " or later, or name its folder in SLIPWAY_PG_TOOLS"));
        }
    }

    private static Trap unreadable(ResultSet row, String user) throws SQLException {
        return new Trap(
                Severity.BLOCKER,
                "relation",
                row.getString("name"),
                "cannot be read by " + user + ", who lacks " + row.getString("lacks"),
                "grant it on the source, or log in as a role that has it");
    }

    private static Trap superuserObject(ResultSet row) throws SQLException {
        return new Trap(
                Severity.WARNING,
                row.getString("noun"),
                row.getString("name"),
                "can be made by a superuser only, which a managed target does not give",
                "drop {it|them} from the source if nothing needs {it|them}, or take a target where you are a superuser");
    }

    private static Detail detail(ResultSet row) throws SQLException {
        return Detail.ofJson(row.getString("name"), row.getString("value"), Trap.amounts(row.getString("text")));
    }
}
