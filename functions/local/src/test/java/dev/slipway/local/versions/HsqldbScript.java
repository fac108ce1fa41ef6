package dev.slipway.local.versions;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A database as HSQLDB keeps it: a statement on each line, nearly all of which Postgres understands. */
record HsqldbScript(Path file) {
    private static final String ROW = " VALUES(";
    private static final int ROWS_AT_ONCE = 1000;
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final Pattern WANTED = Pattern.compile(
            "(SET SCHEMA \"|CREATE (SCHEMA \"|MEMORY TABLE|INDEX|UNIQUE INDEX)|ALTER TABLE|INSERT INTO \").*");

    /** Runs it. @return how many rows that made */
    long load(Connection connection) throws IOException, SQLException {
        long rows = 0;
        connection.setAutoCommit(false);
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
                Statement statement = connection.createStatement()) {
            // The rows come in the tables' order, not in that of the keys between them.
            statement.execute("SET session_replication_role = replica");
            List<String> inserts = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!WANTED.matcher(line).matches()) {
                    continue;
                }
                if (!inserts.isEmpty()
                        && (inserts.size() == ROWS_AT_ONCE || !table(line).equals(table(inserts.getFirst())))) {
                    rows += insert(statement, inserts);
                }
                if (line.startsWith("INSERT ")) {
                    inserts.add(line);
                } else {
                    statement.execute(translated(line));
                }
            }
            rows += insert(statement, inserts);
        }
        connection.commit();
        return rows;
    }

    private static long insert(Statement statement, List<String> inserts) throws SQLException {
        StringBuilder all = new StringBuilder();
        for (String insert : inserts) {
            all.append(all.isEmpty() ? table(insert) + " VALUES (" : ", (")
                    .append(insert.substring(table(insert).length() + ROW.length()));
        }
        long rows = all.isEmpty() ? 0 : statement.executeUpdate(translated(all.toString()));
        inserts.clear();
        return rows;
    }

    /** The statement up to its values. */
    private static String table(String line) {
        int values = line.indexOf(ROW);
        return values < 0 ? line : line.substring(0, values);
    }

    private static String translated(String statement) {
        if (statement.startsWith("CREATE MEMORY TABLE")) {
            return statement.replaceFirst(" MEMORY", "").replace(" DOUBLE", " double precision");
        }
        String postgres =
                statement.replaceFirst("^SET SCHEMA", "SET search_path =").replaceFirst(" AUTHORIZATION SA$", "");
        return UNICODE.matcher(postgres)
                .replaceAll(found -> String.valueOf((char) Integer.parseInt(found.group(1), 16)));
    }
}
