package dev.slipway.local.check;

import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What psql says of a database: each table's rows as one SHA-256, and each sequence, index, constraint and view. */
record OutsidePostgres(Path psql, StoreUrl url) {
    private static final String OURS = "NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";
    private static final String TABLES =
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname " + OURS;
    private static final String SEQUENCES = "SELECT 'sequence ' || schemaname || '.' || sequencename, last_value"
            + " || ' by ' || increment_by FROM pg_sequences WHERE schemaname " + OURS;
    private static final String INDEXES =
            "SELECT 'index ' || schemaname || '.' || indexname, indexdef FROM pg_indexes WHERE schemaname " + OURS;
    private static final String VIEWS =
            "SELECT 'view ' || schemaname || '.' || viewname, md5(definition) FROM pg_views WHERE schemaname " + OURS;
    private static final String CONSTRAINTS = "SELECT 'constraint ' || conrelid::regclass || '.' || conname,"
            + " pg_get_constraintdef(c.oid) || convalidated FROM pg_constraint c JOIN pg_namespace n ON n.oid ="
            + " connamespace WHERE conrelid <> 0 AND nspname " + OURS;

    Map<String, String> things() throws IOException, InterruptedException {
        Map<String, String> things = new TreeMap<>();
        for (String query : List.of(SEQUENCES, INDEXES, VIEWS, CONSTRAINTS)) {
            asking(query).run().lines().map(line -> line.split("\t", 2)).forEach(pair -> things.put(pair[0], pair[1]));
        }
        for (String table : asking(TABLES).run().lines().toList()) {
            things.put("table " + table, digest(table));
        }
        return things;
    }

    /** Each row is one line of COPY's text, so sorting the lines sorts the rows by all their columns. */
    private String digest(String table) throws IOException, InterruptedException {
        return asking("COPY (SELECT * FROM " + table + ") TO STDOUT")
                .into("sort")
                .into("sha256sum")
                .run()
                .strip();
    }

    private OutsideCommand asking(String sql) {
        return OutsideCommand.of(
                Map.of("PGPASSWORD", url.password().orElse(""), "PGCLIENTENCODING", "UTF8"),
                List.of(
                        psql.toString(),
                        "--no-psqlrc",
                        "--tuples-only",
                        "--no-align",
                        "--field-separator=\t",
                        "--set=ON_ERROR_STOP=1",
                        "--host=" + url.host(),
                        "--port=" + url.port(5432),
                        "--username=" + url.user().orElse("postgres"),
                        "--dbname=" + url.path(),
                        "--command=" + sql));
    }
}
