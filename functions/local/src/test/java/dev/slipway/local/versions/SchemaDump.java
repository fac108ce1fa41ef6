package dev.slipway.local.versions;

import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What pg_dump writes of a schema: the statements for each thing, however it orders them, its owner and its grants. */
final class SchemaDump {
    private static final Pattern HEAD = Pattern.compile("(?m)^-- Name: (.*); Owner: (.*)\n--\n");
    private static final String SUPERUSER = "postgres";
    // Since 17 a table has one privilege more, MAINTAIN: what was all of them before is a list there.
    private static final String ALL_BEFORE_17 = "SELECT,INSERT,REFERENCES,DELETE,TRIGGER,TRUNCATE,UPDATE ON TABLE";
    // Version 16 ceased to qualify the columns of a view that reads one table.
    private static final Pattern QUALIFIER = Pattern.compile("(?:\"(?:[^\"]|\"\")+\"|\\w+)\\.");

    private SchemaDump() {}

    /** What pg_dump does not say alike of both. */
    static List<String> differences(Path pgDump, StoreUrl source, StoreUrl target)
            throws IOException, InterruptedException {
        Map<String, String> here = of(pgDump, source, target.user().orElseThrow());
        Map<String, String> there = of(pgDump, target, target.user().orElseThrow());
        return Stream.concat(here.keySet().stream(), there.keySet().stream())
                .distinct()
                .filter(name -> !Objects.equals(here.get(name), there.get(name)))
                .map(name -> name + "\n" + here.get(name) + "\n" + there.get(name))
                .toList();
    }

    /** @param master to whom that of the superuser goes */
    private static Map<String, String> of(Path pgDump, StoreUrl url, String master)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(pgDump.toString(), "--schema-only", "--exclude-schema=slipway");
        builder.environment().put("PGHOST", url.host());
        builder.environment().put("PGPORT", Integer.toString(url.port(0)));
        builder.environment().put("PGDATABASE", url.path());
        builder.environment().put("PGUSER", url.user().orElseThrow());
        builder.environment().put("PGPASSWORD", url.password().orElseThrow());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String script = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("pg_dump of " + url + " ended with " + process.exitValue());
        }
        return statements(script.replaceAll("\\b" + SUPERUSER + "\\b", master));
    }

    private static Map<String, String> statements(String script) {
        Map<String, String> statements = new TreeMap<>();
        Matcher head = HEAD.matcher(script);
        boolean found = head.find();
        while (found) {
            String name = head.group(1);
            String owner = head.group(2).isEmpty() ? "" : "\nof " + head.group(2);
            int begin = head.end();
            found = head.find();
            String body = script.substring(begin, found ? head.start() : script.length());
            String normal = normal(name, body);
            statements.merge(name, normal.isEmpty() ? "" : normal + owner, (one, two) -> one + "\n" + two);
        }
        // The schema public is named where its owner is another than a new database's, and not made.
        statements.values().removeIf(String::isEmpty);
        return statements;
    }

    private static String normal(String name, String body) {
        Stream<String> lines = body.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("--") && !line.startsWith("SET default_"))
                .filter(line -> !line.startsWith("\\restrict ") && !line.startsWith("\\unrestrict "));
        // Grants come in the order in which they were made.
        Stream<String> ordered = name.contains(" ACL; ")
                ? lines.map(line -> line.replace(ALL_BEFORE_17, "ALL ON TABLE")).sorted()
                : lines;
        String kept = ordered.collect(Collectors.joining("\n"));
        return name.matches(".*; Type: (MATERIALIZED )?VIEW; .*|.* _RETURN; Type: RULE; .*")
                ? QUALIFIER.matcher(kept).replaceAll("")
                : kept;
    }
}
