package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk of its own needs a superuser. A limit on the size of a file does not, and Postgres ignores its signal "so that ulimit violations
 * work like disk full": the write comes back short, in the middle of a table.
 */
class DiskFullIT {
    // More than a segment of the log, and not whole pages: Postgres takes half a page for a full disk, and none at all
    // for another error.
    private static final long LIMIT = (24L << 20) + 4096;

    @TempDir
    Path folder;

    private final CommandRun command = new CommandRun();

    @Test
    void saysWhereThereIsNoRoomAndGoesOnWhenThereIs() throws Exception {
        try (PostgresServer source = start("source");
                PostgresServer target = start("target")) {
            sql(
                    source,
                    "CREATE TABLE small AS SELECT generate_series(1, 1000) AS id",
                    "CREATE TABLE large AS SELECT n AS id, repeat(md5(n::text), 30) AS text FROM generate_series(1, 40000) n");
            limit(target, Long.toString(LIMIT));
            assertThat(command.run("copy", source.url("store"), target.url("store")))
                    .isEqualTo(ExitCode.NOT_DONE);
            assertThat(command.out()).isEmpty();
            assertThat(command.err().lines().toList().getLast())
                    .startsWith("Tried to copy ")
                    .contains(" but could not extend file ")
                    .contains("[public.large]")
                    .endsWith("make room on the disk of the server that says so, then copy again: it goes on")
                    .doesNotContain("postgres:postgres");
            limit(target, "unlimited");
            assertThat(command.run("copy", source.url("store"), target.url("store")))
                    .as(command.err())
                    .isZero();
            assertThat(command.run("compare", source.url("store"), target.url("store")))
                    .as(command.out())
                    .isZero();
        }
    }

    private PostgresServer start(String name) throws IOException {
        return PostgresLaunch.in(CommandRun.POSTGRES, folder.resolve(name))
                .database("store")
                .start();
    }

    /** For the sessions that begin from now on. */
    private static void limit(PostgresServer server, String bytes) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + bytes + ":unlimited")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }

    private static void sql(PostgresServer server, String... statements) throws SQLException {
        try (Connection connection = CommandRun.connect(server, "store", "");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
