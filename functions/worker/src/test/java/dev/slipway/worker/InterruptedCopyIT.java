package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of {@code slipway copy}. */
class InterruptedCopyIT {
    private static final String SESSIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name IN ('slipway', 'pg_dump')";
    private static final String BUILDING =
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query ~ 'CREATE INDEX slow_index' AND pid <> pg_backend_pid()";

    @TempDir
    static Path folder;

    private static PostgresServer server;

    @BeforeAll
    static void start() throws IOException {
        Path root = Path.of(System.getProperty("slipway.root", "."));
        server = PostgresLaunch.in(root.resolve(".slipway/cache/postgres-15.18.0"), folder)
                .database("one")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        sql("postgres", "DROP DATABASE IF EXISTS two", "CREATE DATABASE two");
        sql(
                "one",
                "DROP SCHEMA public CASCADE",
                "CREATE SCHEMA public",
                "CREATE TABLE t AS SELECT n AS id, repeat(md5(n::text), 5) AS text FROM generate_series(1, 20000) n",
                "CREATE TABLE u AS SELECT n AS id, repeat(md5(n::text), 5) AS text FROM generate_series(1, 20000) n",
                "CREATE FUNCTION slow(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN $1; END $$");
    }

    @Test
    void leavesNoSessionBehindAndTheNextRunGoesOn() throws Exception {
        Process copy = copy("--rate", "1000000");
        awaitOne(copy, "two", "SELECT count(*) FROM slipway.copied WHERE step = 'table'");
        interrupt(copy);
        assertGoneWithinSeconds();
        assertThat(copy().waitFor()).isZero();
        assertThat(ask("two", "SELECT sum(hashtext(t::text)) FROM t"))
                .isEqualTo(ask("one", "SELECT sum(hashtext(t::text)) FROM t"));
    }

    @Test
    void endsAnIndexThatTheTargetIsBuilding() throws Exception {
        sql(
                "one",
                "CREATE INDEX slow_index ON t (public.slow(id))",
                "CREATE OR REPLACE FUNCTION slow(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM pg_sleep(0.05); RETURN $1; END $$");
        Process copy = copy();
        awaitOne(copy, "two", BUILDING);
        interrupt(copy);
        assertGoneWithinSeconds();
    }

    private static Process copy(String... options) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin/java")
                                        .toString(),
                                SlipwayCommand.class.getName(),
                                "copy",
                                server.url("one"),
                                server.url("two")),
                        Stream.of(options))
                .toList());
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** By SIGTERM, which ends a JVM as Ctrl-C does: SIGINT is ignored by all that a shell starts in its background. */
    private static void interrupt(Process copy) throws InterruptedException {
        copy.destroy();
        assertThat(copy.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void assertGoneWithinSeconds() throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!ask("postgres", SESSIONS).equals("0") && System.nanoTime() < until) {
            Thread.sleep(50);
        }
        assertThat(ask("postgres", SESSIONS)).isEqualTo("0");
    }

    private static void awaitOne(Process copy, String database, String sql) throws Exception {
        while (!isReached(database, sql)) {
            assertThat(copy.isAlive()).isTrue();
            Thread.sleep(20);
        }
    }

    private static boolean isReached(String database, String sql) {
        try {
            return !ask(database, sql).equals("0");
        } catch (SQLException e) {
            return false;
        }
    }

    private static String ask(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

    private static void sql(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database, "postgres", "postgres");
    }
}
