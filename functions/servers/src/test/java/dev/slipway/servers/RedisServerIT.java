package dev.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisServerIT {
    private static final Path CACHE = Path.of("target", "servers");
    private static final RedisReleases RELEASES = RedisReleases.of(Path.of(System.getProperty("slipway.root", ".")));

    @TempDir
    Path folder;

    @Test
    void answersOnItsOwnLoopbackAddressAndAsksForThePassword() throws Exception {
        try (RedisServer server = RedisServer.start(place("127.5.0.1", 0, "requirepass s3cret"))) {
            assertThat(say(server, "PING")).startsWith("-NOAUTH");
            assertThat(say(server, "AUTH s3cret")).startsWith("+OK");
            assertThat(pids()).containsExactly(Long.toString(server.pid()));
        }
        assertThat(pids()).isEmpty();
    }

    @Test
    void keepsItsDataOverARestartOnTheSamePort() throws Exception {
        RedisServer first = RedisServer.start(place("127.0.0.1", 0, "save 900 1"));
        say(first, "SET ship Vasa");
        try (RedisServer second = first.restart()) {
            assertThat(second.port()).isEqualTo(first.port());
            assertThat(say(second, "GET ship")).startsWith("$4\r\nVasa");
            assertThat(first.isAlive()).isFalse();
        }
    }

    @Test
    void saysInOneLineWhyItDidNotStart() {
        assertThatThrownBy(() -> RedisServer.start(place("127.0.0.1", 0, "no-such-directive 1")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-directive")
                .hasMessageNotContaining("\n");
        assertThat(pids()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void startsEachReleaseThatIsToBeHad(RedisRelease release) throws Exception {
        Optional<Path> program = RELEASES.find(release);
        assumeTrue(
                program.isPresent() || "1".equals(System.getenv("SLIPWAY_REQUIRE_SERVERS")),
                release + " is not there: run functions/servers/fetch-redis");
        try (RedisServer server = RedisServer.start(place("127.0.0.1", 0).program(program.orElseThrow()))) {
            String[] name = release.name().toLowerCase(Locale.ROOT).split("_", 2);
            assertThat(say(server, "INFO server")).contains(name[0] + "_version:" + name[1].replace('_', '.'));
        }
    }

    @Test
    void speaksNothingButTlsWhereItHasAnIdentity() throws Exception {
        TlsIdentity identity = TlsIdentity.make(folder.resolve("tls"));
        for (RedisRelease release : List.of(RedisRelease.REDIS_6_2, RedisRelease.REDIS_7_0)) {
            try (RedisServer server = RedisServer.start(place("127.0.0.1", 0)
                    .program(RELEASES.find(release).orElseThrow())
                    .identity(identity))) {
                assertThatThrownBy(() -> assertThat(say(server, "PING")).startsWith("+PONG"))
                        .isInstanceOfAny(IOException.class, AssertionError.class);
                try (Socket socket = identity.socket()) {
                    socket.connect(new InetSocketAddress(server.address(), server.port()));
                    assertThat(say(socket, "PING")).startsWith("+PONG");
                }
            }
        }
    }

    @Test
    void sharesTheSlotsAmongTheNodesOfACluster() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(place("127.0.0.1", 0), 3)) {
            assertThat(cluster.nodes())
                    .hasSize(3)
                    .allSatisfy(node -> assertThat(say(node, "CLUSTER INFO"))
                            .contains("cluster_state:ok", "cluster_size:3", "cluster_slots_assigned:16384"));
            // The slot of "foo" is 12182, which is the last node's.
            assertThat(say(cluster.nodes().getFirst(), "SET foo bar")).startsWith("-MOVED 12182");
            assertThat(say(cluster.nodes().getLast(), "SET foo bar")).startsWith("+OK");
        }
    }

    @Test
    void endsWhenItsParentIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RedisParent.class.getName(),
                        CACHE.toString(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long pid = Long.parseLong(parent.inputReader().readLine());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();

        parent.destroyForcibly();

        server.onExit().get(20, TimeUnit.SECONDS);
        assertThat(server.isAlive()).isFalse();
    }

    private RedisServer.Place place(String address, int port, String... configuration) {
        return new RedisServer.Place(
                CACHE, folder.resolve("data"), folder.resolve("pids"), address, port, List.of(configuration));
    }

    private List<String> pids() {
        String[] names = folder.resolve("pids").toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    private static String say(RedisServer server, String command) throws IOException {
        try (Socket socket = new Socket(server.address(), server.port())) {
            return say(socket, command);
        }
    }

    private static String say(Socket socket, String command) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** A process that starts a server, prints its pid and waits to be killed. */
    static final class RedisParent {
        private RedisParent() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Files.createDirectories(Path.of(arguments[1]));
            RedisServer server = RedisServer.start(new RedisServer.Place(
                    Path.of(arguments[0]), folder.resolve("data"), folder.resolve("pids"), "127.0.0.1", 0, List.of()));
            System.out.println(server.pid());
            Thread.currentThread().join();
        }
    }
}
