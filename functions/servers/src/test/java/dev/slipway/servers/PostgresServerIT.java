package dev.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
    private static final Path BINARIES =
            Path.of(System.getProperty("slipway.root", ".")).resolve(".slipway/cache/postgres-15.18.0");

    @TempDir
    Path folder;

    @Test
    void startsStopsAndStartsAgainOnTheSameData() throws IOException {
        PostgresLaunch launch =
                PostgresLaunch.in(BINARIES, folder).database("shop").pids(folder.resolve("pids"));
        PostgresServer server = launch.start();
        assertThat(server.url("shop")).isEqualTo("postgres://postgres:postgres@127.0.0.1:" + server.port() + "/shop");
        assertThat(folder.resolve("pids").resolve(Long.toString(server.pid()))).exists();
        assertThat(answers(server)).isTrue();
        server.stop();
        assertThat(server.isRunning()).isFalse();
        assertThat(folder.resolve("pids")).isEmptyDirectory();
        try (PostgresServer again = launch.start()) {
            assertThat(answers(again)).isTrue();
        }
    }

    @Test
    void canBeKilledAndRecovers() throws IOException {
        PostgresLaunch launch = PostgresLaunch.in(BINARIES, folder);
        PostgresServer server = launch.start();
        server.kill();
        assertThat(server.isRunning()).isFalse();
        try (PostgresServer again = launch.start()) {
            assertThat(answers(again)).isTrue();
        }
    }

    @Test
    void listensOnTheGivenLoopbackAddressOnly() throws IOException {
        try (PostgresServer server =
                PostgresLaunch.in(BINARIES, folder).at("127.0.0.7", 0).start()) {
            assertThat(answers(server)).isTrue();
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port()).close())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void saysInOneLineWhyAStatementOfTheSetupFailed() {
        PostgresLaunch launch = PostgresLaunch.in(BINARIES, folder).setup("CREATE ROLE postgres");
        assertThatThrownBy(launch::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("role \"postgres\" already exists")
                .hasMessageNotContaining("\n");
    }

    @Test
    void diesWithAProcessThatIsKilled() throws Exception {
        Path pids = folder.resolve("pids");
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Owner.class.getName(),
                        BINARIES.toString(),
                        folder.resolve("owned").toString(),
                        pids.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long pid = Long.parseLong(owner.inputReader().readLine());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        owner.destroyForcibly();
        postmaster.onExit().get(30, TimeUnit.SECONDS);
        assertThat(Files.exists(folder.resolve("owned/data/postmaster.pid"))).isFalse();
    }

    private static boolean answers(PostgresServer server) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral(server.address()), server.port())) {
            return socket.isConnected();
        }
    }

    /** A process that owns a server and does not end by itself. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            PostgresServer server = PostgresLaunch.in(Path.of(arguments[0]), Path.of(arguments[1]))
                    .pids(Path.of(arguments[2]))
                    .start();
            System.out.println(server.pid());
            Thread.currentThread().join();
        }
    }
}
