package dev.slipway.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisReleases;
import dev.slipway.servers.RedisServer;
import dev.slipway.servers.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a Redis is told in one line that says what to do, soon, and the target stays as it was. */
class RedisBadInputsIT {
    private static final Path CACHE =
            Path.of(System.getProperty("slipway.root", ".")).resolve(".slipway/cache");
    private static final String ADDRESS =
            "check that it runs, that its address can be reached from here and that the URL's user and password are right";

    @TempDir
    static Path folder;

    private static RedisServer source;
    private static RedisServer target;

    private final CommandRun command = new CommandRun();

    @BeforeAll
    static void start() throws IOException {
        source = RedisServer.start(
                place("source", "user reader on >r3ader ~* &* +@all -dump", "user blind on >bl1nd ~* &* +@all -scan"));
        target =
                RedisServer.start(place("target", "requirepass s3cret", "user writer on >wr1ter ~* &* +@all -restore"));
    }

    @AfterAll
    static void stop() {
        source.close();
        target.close();
    }

    @BeforeEach
    void fill() throws IOException {
        say(source, "FLUSHALL");
        say(source, "SET key value");
        say(target, "AUTH s3cret", "FLUSHALL");
    }

    @AfterEach
    void nothingWasChanged() throws IOException {
        assertThat(say(target, "AUTH s3cret", "DBSIZE")).contains(":0");
        assertThat(say(source, "DBSIZE")).contains(":1");
    }

    @Test
    void aServerThatDoesNotListen() {
        refusedOnEitherSide("Connection refused", ADDRESS, "redis://127.0.0.1:9");
    }

    @Test
    void aHostThatHasNoAddress() {
        refusedOnEitherSide("redis.invalid", ADDRESS, "redis://redis.invalid:6379");
    }

    @Test
    void aWrongPasswordAndNone() {
        refusedOnEitherSide("WRONGPASS", ADDRESS, "redis://:wr0ng@127.0.0.1:" + target.port());
        refusedOnEitherSide("NOAUTH", ADDRESS, "redis://127.0.0.1:" + target.port());
    }

    @Test
    void aServerThatExpectsTls() throws IOException {
        TlsIdentity identity = TlsIdentity.make(folder.resolve("tls"));
        try (RedisServer secure = RedisServer.start(place("secure").identity(identity))) {
            refusedOnEitherSide("", "write rediss:// if it speaks TLS", "redis://127.0.0.1:" + secure.port());
            refusedOnEitherSide("certification path", "by ?ca=/path/of/ca.pem", "rediss://127.0.0.1:" + secure.port());
            refusedOnEitherSide(
                    "there is no file /no/such.pem",
                    "by ?ca=/path/of/ca.pem",
                    "rediss://127.0.0.1:" + secure.port() + "?ca=/no/such.pem");
        }
    }

    @Test
    void aCertificateOfAnotherHost() throws IOException {
        TlsIdentity identity = TlsIdentity.make(folder.resolve("another"));
        RedisServer.Place place = new RedisServer.Place(
                CACHE, folder.resolve("host"), folder.resolve("pids"), "127.0.0.2", 0, List.of("save \"\""));
        try (RedisServer secure = RedisServer.start(place.identity(identity))) {
            refusedOnEitherSide(
                    "No subject alternative",
                    "name the host as its certificate does",
                    "rediss://127.0.0.2:" + secure.port() + "?ca=" + identity.certificate());
        }
    }

    @Tag("battery")
    @Test
    void aServerThatHasNoTls() {
        refusedOnEitherSide("", "write redis:// if it speaks no TLS", "rediss://:s3cret@127.0.0.1:" + target.port());
    }

    @Test
    void aServerThatIsAWebServer() throws IOException {
        try (ServerSocket web = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread answering = Thread.ofVirtual().start(() -> answerAsTheWebDoes(web));
            refusedOnEitherSide("", "what answers there is no Redis", "redis://127.0.0.1:" + web.getLocalPort());
            answering.interrupt();
        }
    }

    @Test
    void aServerInProtectedMode() throws IOException {
        // Loopback is let in, and there is no other address in a test; the words are Redis' own.
        String denied =
                "-DENIED Redis is running in protected mode because protected mode is enabled and no password is set for"
                        + " the default user. In this mode connections are only accepted from the loopback interface. If you want to connect"
                        + " from external computers to Redis you may adopt one of the following solutions: 1) Just disable\r\n";
        try (ServerSocket door = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> answer(door, denied));
            refusedOnEitherSide("DENIED", "switch its protected mode off", "redis://127.0.0.1:" + door.getLocalPort());
        }
    }

    @Test
    void theSameServerAsSourceAndTarget() {
        command.refused(
                "both are the same server",
                "another one as the target",
                "copy",
                url(),
                "redis://reader:r3ader@localhost:" + source.port());
    }

    @Test
    void aServerThatIsLoadingItsData() throws Exception {
        Path program = RedisReleases.of(CACHE.resolve("../..").normalize())
                .find(RedisRelease.REDIS_7_0)
                .orElseThrow();
        try (RedisServer slow = RedisServer.start(place(
                        "slow",
                        "enable-debug-command yes",
                        "key-load-delay 4000",
                        "loading-process-events-interval-bytes 1024")
                .program(program))) {
            say(slow, "DEBUG POPULATE 1500 key 100", "SAVE");
            slow.kill();
            CompletableFuture<RedisServer> restarted = CompletableFuture.supplyAsync(() -> restart(slow));
            awaitLoading(slow, restarted);
            refusedOnEitherSide("LOADING", "wait until it has read its data, and run this again", url(slow));
            restarted.join().close();
        }
    }

    private static RedisServer restart(RedisServer server) {
        try {
            return server.restart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitLoading(RedisServer server, CompletableFuture<RedisServer> restarted)
            throws InterruptedException {
        String said = "";
        while (!said.startsWith("-LOADING")) {
            assertThat(restarted).as("it loads for some seconds").isNotDone();
            Thread.sleep(20);
            try {
                said = say(server, "PING");
            } catch (IOException e) {
                said = e.toString();
            }
        }
    }

    @Tag("battery")
    @Test
    void aServerThatListensAndNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            command.refused("", ADDRESS, "inspect", "redis://127.0.0.1:" + silent.getLocalPort());
        }
    }

    @Test
    void aTargetThatIsAReplica() throws IOException {
        try (RedisServer primary = RedisServer.start(place("primary"));
                RedisServer replica = RedisServer.start(place("replica", "replicaof 127.0.0.1 " + primary.port()))) {
            command.refused("READONLY", "this is a replica", "copy", url(), "redis://127.0.0.1:" + replica.port());
        }
    }

    @Test
    void aTargetThatIsFull() throws IOException {
        say(target, "AUTH s3cret", "CONFIG SET maxmemory 1");
        try {
            command.refused("OOM", "larger node for the target", "copy", url(), targetUrl());
        } finally {
            say(target, "AUTH s3cret", "CONFIG SET maxmemory 0");
        }
    }

    @Test
    void aTargetThatBecomesFullAndGoesOnOnceItIsLarger() throws IOException {
        try (RedisServer large = RedisServer.start(place("large"));
                RedisServer small = RedisServer.start(place("small"))) {
            say(large, "DEBUG POPULATE 40000 key 500");
            say(small, "CONFIG SET maxmemory 12mb");
            command.refused("OOM", "larger node for the target", "copy", url(large), url(small));
            assertThat(say(large, "DBSIZE")).contains(":40000");
            say(small, "CONFIG SET maxmemory 0");
            assertThat(command.run("copy", url(large), url(small))).isEqualTo(ExitCode.DONE);
            assertThat(command.run("compare", url(large), url(small))).isEqualTo(ExitCode.DONE);
            assertThat(say(small, "DBSIZE")).contains(":40000");
        }
    }

    @Test
    void aTargetThatRemovesKeysWhenItIsFull() throws IOException {
        try (RedisServer large = RedisServer.start(place("plenty"));
                RedisServer small = RedisServer.start(place("evicting", "maxmemory-policy allkeys-lru"))) {
            say(large, "DEBUG POPULATE 40000 key 500");
            say(small, "CONFIG SET maxmemory 12mb");
            command.refused("has removed", "until it is done, empty it and copy again", "copy", url(large), url(small));
            say(small, "CONFIG SET maxmemory 0", "FLUSHALL");
            assertThat(command.run("copy", url(large), url(small))).isEqualTo(ExitCode.DONE);
            assertThat(command.run("compare", url(large), url(small))).isEqualTo(ExitCode.DONE);
        }
    }

    @Tag("battery")
    @Test
    void aTargetWhoseDiskIsFull() throws Exception {
        try (RedisServer full = RedisServer.start(place("disk"))) {
            // What it cannot replace it cannot write.
            Files.createDirectories(folder.resolve("disk/dump.rdb/full"));
            say(full, "CONFIG SET save \"3600 100000\"", "BGSAVE");
            while (!say(full, "INFO persistence").contains("rdb_last_bgsave_status:err")) {
                Thread.sleep(20);
            }
            command.refused("MISCONF", "or switch its snapshots off", "copy", url(), url(full));
            assertThat(command.run("inspect", url(full))).as("it can be read").isEqualTo(ExitCode.DONE);
            assertThat(say(full, "DBSIZE")).contains(":0");
        }
    }

    @Test
    void aUserWhoMayTouchSomeKeysOnly() throws IOException {
        say(source, "ACL SETUSER part on >p4rt ~app:* +@all");
        say(target, "AUTH s3cret", "ACL SETUSER part on >p4rt ~app:* +@all");
        String remedy = "give the user the right to all keys (~*)";
        command.refused("NOPERM", remedy, "copy", "redis://part:p4rt@127.0.0.1:" + source.port(), targetUrl());
        command.refused("NOPERM", remedy, "copy", url(), "redis://part:p4rt@127.0.0.1:" + target.port());
        command.refused("WRONGPASS", ADDRESS, "copy", url(), "redis://nobody:p4rt@127.0.0.1:" + target.port());
    }

    @Test
    void aDatabaseOfTheSourceThatTheTargetHasNot() throws IOException {
        try (RedisServer more = RedisServer.start(place("more", "databases 20"))) {
            say(more, "SET key value", "SELECT 17", "SET key value");
            command.refused("open database 17", "(its parameter group)", "copy", url(more), targetUrl());
            command.refused(
                    "1 key is in several databases that become one: db0:key and db17",
                    "map these databases to different ones",
                    "copy",
                    url(more),
                    targetUrl() + "?map=*:0");
            command.refused(
                    "of which the map says nothing",
                    "*:0 for all that are not named",
                    "copy",
                    url(more),
                    targetUrl() + "?map=0:0");
            command.refused("'17' is no pair", "that are not named", "copy", url(more), targetUrl() + "?map=0:0,17");
            command.refused(
                    "'mab' is none that is known", "ca, db, map, read", "copy", url(more), targetUrl() + "?mab=0:0");
        }
    }

    @Test
    void aUserWhoMayNotReadOrWrite() {
        String reader = "redis://reader:r3ader@127.0.0.1:" + source.port();
        String blind = "redis://blind:bl1nd@127.0.0.1:" + source.port();
        String writer = "redis://writer:wr1ter@127.0.0.1:" + target.port();
        command.refused("NOPERM", "the user the right to that command", "copy", blind, targetUrl());
        command.refused("NOPERM", "the user the right to that command", "copy", url(), writer);
        command.refused("NOPERM", "who may read everything", "inspect", blind);
        assertThat(command.run("compare", blind, targetUrl())).isEqualTo(ExitCode.NOT_DONE);
        assertThat(command.out())
                .startsWith("unknown: a server answered 'NOPERM")
                .hasLineCount(1);
        assertThat(command.run("inspect", reader, targetUrl())).isEqualTo(ExitCode.DONE);
        assertThat(command.out()).contains("The source refuses DUMP");
    }

    @Test
    void aDatabaseThatIsNotThere() {
        command.refused("it has fewer databases", "(its parameter group)", "copy", url() + "/99?db=only", targetUrl());
        command.refused("is no number", "0?db=only", "inspect", url() + "/first?db=only");
    }

    private void refusedOnEitherSide(String why, String remedy, String url) {
        command.refused(why, remedy, "inspect", url);
        command.refused(why, remedy, "copy", url, targetUrl());
        command.refused(why, remedy, "copy", url(), url);
        command.refused(why, remedy, "compare", url(), url);
    }

    private static String url() {
        return url(source);
    }

    private static String url(RedisServer server) {
        return "redis://127.0.0.1:" + server.port();
    }

    private static String targetUrl() {
        return "redis://:s3cret@127.0.0.1:" + target.port();
    }

    private static void answerAsTheWebDoes(ServerSocket web) {
        answer(
                web,
                "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>\n<body>What is PING?</body>\n</html>\n");
    }

    private static void answer(ServerSocket web, String page) {
        while (!Thread.currentThread().isInterrupted()) {
            try (Socket client = web.accept()) {
                client.getInputStream().read(new byte[1024]);
                client.getOutputStream().write(page.getBytes(US_ASCII));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static RedisServer.Place place(String name, String... configuration) {
        List<String> lines = new ArrayList<>(List.of(configuration));
        lines.add("save \"\"");
        return new RedisServer.Place(CACHE, folder.resolve(name), folder.resolve("pids"), "127.0.0.1", 0, lines);
    }

    private static String say(RedisServer server, String... commands) throws IOException {
        try (Socket socket = new Socket(server.address(), server.port())) {
            socket.getOutputStream().write((String.join("\r\n", commands) + "\r\nQUIT\r\n").getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
