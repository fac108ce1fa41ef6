package dev.slipway.postgres.session;

import java.sql.SQLException;
import java.util.Set;

/**
 * The search_path that a source's app has. What a target evaluates by itself while rows arrive, such as a function in a CHECK, an index
 * or a materialized view, may name things without their schema, and finds them by it.
 */
public record AppPath(String value) {
    private static final Set<String> NOT_FOUND = Set.of("42P01", "42883", "42704", "3F000");
    private static final String OF_SCRIPTS = entry("");

    /** As the login would have it, had its session not set its own. */
    public static AppPath read(PostgresSession source) throws SQLException {
        return new AppPath(
                source.only("SELECT reset_val FROM pg_settings WHERE name = 'search_path'", row -> row.getString(1)));
    }

    /** From here on in the session. */
    public void enter(PostgresSession target) throws SQLException {
        target.execute(entry());
    }

    /** For some work within a transaction. */
    public void within(PostgresSession target, PostgresSession.Work work) throws SQLException {
        target.execute("SET LOCAL search_path = " + value);
        work.run();
        target.execute("SET LOCAL search_path = pg_catalog");
    }

    /** The statement that enters it. */
    public String entry() {
        return entry(value);
    }

    private static String entry(String path) {
        return "SELECT pg_catalog.set_config('search_path', " + Sql.literal(path) + ", false);\n";
    }

    /** What pg_restore prints for a path without a schema, for this one. */
    public String script(String script) {
        return script.replace(OF_SCRIPTS, entry());
    }

    /** Whether it may be for want of it that something was not found. */
    public static boolean isMissing(SQLException e) {
        return NOT_FOUND.contains(PostgresFailure.state(e));
    }
}
