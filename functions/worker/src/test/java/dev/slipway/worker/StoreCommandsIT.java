package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StoreCommandsIT {
    private static final String PASSWORD = "s3cret-of-the-server";

    @TempDir
    static Path folder;

    private static PostgresServer server;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws IOException {
        Path root = Path.of(System.getProperty("slipway.root", "."));
        server = PostgresLaunch.in(root.resolve(".slipway/cache/postgres-15.18.0"), folder)
                .login("postgres", PASSWORD)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        sql(
                "postgres",
                "DROP DATABASE IF EXISTS one",
                "DROP DATABASE IF EXISTS two",
                "CREATE DATABASE one",
                "CREATE DATABASE two");
        sql("one", "CREATE TABLE t AS SELECT n AS id, md5(n::text) AS text FROM generate_series(1, 1000) n", "ANALYZE");
    }

    @Test
    void copyThenCompareEndWithNoughtAndSayWhatTheyDid() {
        assertThat(run("copy", url("one"), url("two"))).isZero();
        assertThat(out.toString()).startsWith("copied 1,000 rows, ");
        assertThat(run("compare", url("one"), url("two"))).isZero();
        assertThat(out.toString()).startsWith("same: 1,000 rows, ").contains("sha256 ");
        assertThat(run("copy", url("one"), url("two"))).isZero();
        assertThat(out.toString()).startsWith("skipped: the target holds the same already");
    }

    @Test
    void compareEndsWithOneAndNamesWhatDiffers() throws Exception {
        run("copy", url("one"), url("two"));
        sql("two", "UPDATE t SET text = 'other' WHERE id = 7", "DELETE FROM t WHERE id = 8");
        assertThat(run("compare", url("one"), url("two"))).isEqualTo(ExitCode.DIFFERENT);
        assertThat(out.toString()).startsWith("different: ");
        assertThat(run("compare", url("one"), url("two"), "--json")).isEqualTo(ExitCode.DIFFERENT);
        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertThat(document.path("outcome").asText()).isEqualTo("different");
        assertThat(document.path("differences")).isNotEmpty();
    }

    @Test
    void compareWithRepairEndsWithNoughtAndSaysWhatItReplaced() throws Exception {
        run("copy", url("one"), url("two"));
        sql("two", "UPDATE t SET text = 'other' WHERE id = 7", "DELETE FROM t WHERE id = 8");
        assertThat(run("compare", url("one"), url("two"))).isEqualTo(ExitCode.DIFFERENT);
        assertThat(run("compare", url("one"), url("two"), "--repair")).isZero();
        assertThat(out.toString())
                .startsWith("repaired: public.t (1 row removed, 2 rows written)")
                .contains("\nsame: 1,000 rows, ");
        assertThat(run("compare", url("one"), url("two"))).isZero();
        sql("two", "DELETE FROM t WHERE id = 9");
        assertThat(run("compare", url("one"), url("two"), "--repair", "--json")).isZero();
        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertThat(document.path("outcome").asText()).isEqualTo("same");
        assertThat(document.path("repaired").path(0).path("item").asText()).isEqualTo("public.t");
        assertThat(document.path("repaired").path(0).path("written").asLong()).isEqualTo(1);
    }

    @Test
    void compareWithRepairEndsWithOneWhereItMayNotMakeBothTheSame() throws Exception {
        run("copy", url("one"), url("two"));
        sql("two", "CREATE INDEX more ON t (text)", "DELETE FROM t WHERE id = 8");
        assertThat(run("compare", url("one"), url("two"), "--repair")).isEqualTo(ExitCode.DIFFERENT);
        assertThat(out.toString())
                .contains("repaired: public.t (0 rows removed, 1 row written)")
                .contains("warning: the target's schema differs (1) and was not touched: ")
                .contains("different: 1\n  only on the target: index more on public.t");
    }

    @Test
    void inspectListsBothSidesAndEndsWithNought() throws Exception {
        sql("one", "CREATE TABLE no_key AS SELECT 1 AS a");
        assertThat(run("inspect", url("one"), url("two"))).isZero();
        assertThat(out.toString().lines())
                .contains("target: postgres 15.18, empty", "no blockers")
                .anyMatch(line -> line.matches("source: postgres 15.18, 1,001 rows, [\\d.]+ MB"))
                .anyMatch(line -> line.matches("  encoding +UTF8"))
                .anyMatch(line -> line.matches("  relations +2 tables"))
                .anyMatch(line -> line.matches("  none +extensions, privileges, .*"))
                .anyMatch(line -> line.matches("\\d warnings: what a person should know"))
                .anyMatch(line -> line.matches("  2 tables +have no key, .* \\(public.no_key, public.t\\): .*"))
                .noneMatch(line -> line.startsWith("Name the target"));
        assertThat(run("inspect", url("one"))).isZero();
        assertThat(out.toString()).contains("Name the target as well");
    }

    @Test
    void inspectAnswersWithOneDocument() throws Exception {
        sql(
                "one",
                "CREATE TABLE no_key AS SELECT 1 AS a",
                "CREATE EXTENSION citext",
                "CREATE TABLE p (id int PRIMARY KEY)");
        sql("one", "CREATE TABLE c (id int NOT NULL)", "INSERT INTO c VALUES (7)");
        sql("two", "CREATE TABLE theirs (id int PRIMARY KEY)");
        assertThat(run("inspect", url("one"), "--json")).isZero();
        JsonNode alone = new ObjectMapper().readTree(out.toString());
        assertThat(alone.path("source").path("items").asLong()).isEqualTo(1002);
        assertThat(alone.path("target").isNull()).isTrue();
        assertThat(alone.path("blockers").isArray()).isTrue();

        assertThat(run("inspect", url("one"), url("two"), "--json")).isZero();
        JsonNode both = new ObjectMapper().readTree(out.toString());
        JsonNode details = both.path("source").path("details");
        assertThat(details.path("encoding").asText()).isEqualTo("UTF8");
        assertThat(details.path("collation").asText()).isEqualTo("C");
        assertThat(details.path("collationProvider").asText()).isEqualTo("libc");
        assertThat(details.path("walLevel").asText()).isEqualTo("replica");
        assertThat(details.path("sizes").path("heap").asLong()).isPositive();
        assertThat(details.path("sizes").path("toast").isIntegralNumber()).isTrue();
        assertThat(details.path("sizes").path("indexes").asLong()).isPositive();
        assertThat(details.path("extensions").path(0).path("name").asText()).isEqualTo("citext");
        assertThat(details.path("roles").path(0).path("name").asText()).isEqualTo("postgres");
        assertThat(details.path("largeObjects").path("count").asInt()).isZero();
        assertThat(details.path("slots").isArray()).isTrue();
        assertThat(details.path("counted").toString()).contains("[\"public.c\",\"public.no_key\",\"public.t\"]");
        assertThat(both.path("target")
                        .path("details")
                        .path("offeredExtensions")
                        .path("citext")
                        .asText())
                .isEqualTo(details.path("extensions").path(0).path("version").asText());
        assertThat(both.path("blockers").toString()).contains("\"the target\"", "is not empty");
        assertThat(both.path("warnings").toString()).contains("3 tables");
    }

    @Test
    void badInputIsOneLineAndTheCodeOfWhatWasNotDone() throws Exception {
        sql("two", "CREATE TABLE theirs AS SELECT 1 AS one");
        for (List<String> arguments : List.of(
                List.of("copy", url("one"), url("two")),
                List.of("copy", "postgres://postgres:" + PASSWORD + "@127.0.0.1:9/one", url("two")),
                List.of("copy", url("one").replace(PASSWORD, "wrong-" + PASSWORD), url("two")),
                List.of("copy", url("one"), url("nowhere")),
                List.of("copy", url("one"), "redis://127.0.0.1:9/0"),
                List.of("copy", url("one"), url("two"), "--jobs", "0"),
                List.of("copy", url("one")),
                List.of("compare", url("one"), "mysql://127.0.0.1/x"),
                List.of("compare", "redis://127.0.0.1:9/0", "redis://127.0.0.1:9/1", "--repair"),
                List.of("inspect", "postgres://postgres:x y@127.0.0.1/one"))) {
            assertThat(run(arguments.toArray(String[]::new)))
                    .as(arguments.toString())
                    .isEqualTo(ExitCode.NOT_DONE);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString().lines())
                    .as(err.toString())
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("Tried to ").doesNotContain(PASSWORD));
        }
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = SlipwayCommand.commandLine(List.of());
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private static String url(String database) {
        return server.url(database);
    }

    private static void sql(String database, String... statements) throws SQLException {
        String address = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
        try (Connection connection = DriverManager.getConnection(address, "postgres", PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
