package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password comes from where Postgres' own clients take it, and is seen nowhere. */
class PostgresPasswordsIT {
    private static final String PASSWORD = "p@ss:w/ö%r d'#?&\\";

    @TempDir
    static Path folder;

    private static PostgresServer server;
    private int processes;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresLaunch.in(CommandRun.POSTGRES, folder.resolve("server"))
                .login("postgres", PASSWORD)
                .database("one")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fill() throws Exception {
        try (var connection = CommandRun.connect(server, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS two");
            statement.execute("CREATE DATABASE two");
        }
        try (var connection = CommandRun.connect(server, "one", "");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS t");
            statement.execute("CREATE TABLE t AS SELECT generate_series(1, 1000) AS id");
        }
    }

    @Test
    void theUrlHoldsItPercentEncoded() {
        CommandRun command = new CommandRun();
        assertThat(command.run("copy", server.url("one"), server.url("two")))
                .as(command.err())
                .isZero();
    }

    @Test
    void theEnvironmentHoldsIt() throws Exception {
        copiesWith(Map.of("PGPASSWORD", PASSWORD));
    }

    @Test
    void thePasswordFileHoldsIt() throws Exception {
        copiesWith(Map.of("PGPASSFILE", passwordFile("rw-------").toString()));
    }

    @Test
    void aPasswordFileThatOthersMayReadIsRefused() throws Exception {
        Path file = passwordFile("rw-r-----");
        Ended ended = slipway(Map.of("PGPASSFILE", file.toString()), "inspect", url("one"));
        assertThat(ended.code()).isEqualTo(ExitCode.NOT_DONE);
        assertThat(ended.printed().strip())
                .isEqualTo("Tried to read the passwords in " + file + " but others may read it, too: chmod 600 it");
    }

    /** Copies, and looks at every command line of the copy and its children while it runs. */
    private void copiesWith(Map<String, String> environment) throws Exception {
        Ended ended = slipway(environment, "copy", url("one"), url("two"));
        assertThat(ended.code()).as(ended.printed()).isZero();
        assertThat(ended.printed()).contains("copied 1,000 rows").doesNotContain(PASSWORD);
        assertThat(ended.seen())
                .anyMatch(line -> line.contains("pg_dump --format"))
                .noneMatch(line -> line.contains(PASSWORD) || line.contains("p%40ss"));
    }

    /** How a process ended, and the command lines that it and its children had. */
    private record Ended(int code, String printed, Set<String> seen) {}

    private Ended slipway(Map<String, String> environment, String... arguments) throws Exception {
        Path printed = folder.resolve("printed-" + processes++);
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin/java")
                                        .toString(),
                                SlipwayCommand.class.getName()),
                        Stream.of(arguments))
                .toList());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(environment);
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        Set<String> seen = new TreeSet<>();
        while (!process.waitFor(1, TimeUnit.MILLISECONDS)) {
            Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .map(ProcessHandle::pid)
                    .map(PostgresPasswordsIT::commandLine)
                    .forEach(seen::add);
        }
        return new Ended(process.exitValue(), Files.readString(printed), seen);
    }

    private static String commandLine(long pid) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
            return new String(line, StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    private Path passwordFile(String permissions) throws IOException {
        String password = PASSWORD.replace("\\", "\\\\").replace(":", "\\:");
        Path file = folder.resolve("pgpass-" + permissions);
        Files.write(
                file,
                List.of(
                        "# the first line that fits counts",
                        "elsewhere:*:*:postgres:wrong",
                        "127.0.0.1:" + server.port() + ":*:postgres:" + password,
                        "*:*:*:*:wrong, too"));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String url(String database) {
        return "postgres://postgres@127.0.0.1:" + server.port() + "/" + database;
    }
}
