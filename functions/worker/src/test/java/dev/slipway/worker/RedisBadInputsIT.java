package dev.slipway.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.servers.RedisServer;
import dev.slipway.servers.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
            refusedOnEitherSide("", ADDRESS, "redis://127.0.0.1:" + secure.port());
            refusedOnEitherSide("", ADDRESS, "rediss://127.0.0.1:" + secure.port());
        }
    }

    @Test
    void aServerThatHasNoTls() {
        refusedOnEitherSide("", ADDRESS, "rediss://:s3cret@127.0.0.1:" + target.port());
    }

    @Test
    void aServerThatIsAWebServer() throws IOException {
        try (ServerSocket web = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread answering = Thread.ofVirtual().start(() -> answerAsTheWebDoes(web));
            refusedOnEitherSide("", ADDRESS, "redis://127.0.0.1:" + web.getLocalPort());
            answering.interrupt();
        }
    }

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
        return "redis://127.0.0.1:" + source.port();
    }

    private static String targetUrl() {
        return "redis://:s3cret@127.0.0.1:" + target.port();
    }

    private static void answerAsTheWebDoes(ServerSocket web) {
        while (!Thread.currentThread().isInterrupted()) {
            try (Socket client = web.accept()) {
                client.getInputStream().read(new byte[1024]);
                client.getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
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
