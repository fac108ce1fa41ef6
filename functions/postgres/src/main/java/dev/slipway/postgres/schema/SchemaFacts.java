package dev.slipway.postgres.schema;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a schema consists of: a definition for each kind and name. */
public final class SchemaFacts {
    // Version 16 ceased to qualify columns where one table is read; which columns a view reads is a fact of its own.
    private static final Pattern QUALIFIER = Pattern.compile("(?:\"(?:[^\"]|\"\")+\"|\\w+)\\.");

    private SchemaFacts() {}

    /** @param leftOut what is to be passed over
     * @param acrossVersions leaves out of a view's text what servers of different versions write differently */
    public static Map<String, String> read(PostgresSession session, LeftOut leftOut, boolean acrossVersions)
            throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        session.query(
                Sql.file("schema/schema"),
                row -> facts.merge(
                        row.getString("kind") + " " + row.getString("name"),
                        definition(row, acrossVersions),
                        (one, two) -> one + "\n" + two),
                leftOut.parameter());
        if (acrossVersions) {
            // Before 18 they have no names.
            facts.keySet().removeIf(fact -> fact.startsWith("not-null constraint "));
        }
        return facts;
    }

    private static String definition(ResultSet row, boolean acrossVersions) throws SQLException {
        String definition = row.getString("definition") == null ? "" : row.getString("definition");
        boolean view = row.getString("kind").endsWith("view");
        return view && acrossVersions ? QUALIFIER.matcher(definition).replaceAll("") : definition;
    }
}
