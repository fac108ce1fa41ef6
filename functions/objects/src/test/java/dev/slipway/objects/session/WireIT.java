package dev.slipway.objects.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.ObjectsEngine;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** What stores answer now and then, and what a person reads of it. */
class WireIT {
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void namesTheRegionThatABucketIsIn() {
        answer(301, Map.of("x-amz-bucket-region", "eu-west-3"), "<Error><Code>PermanentRedirect</Code></Error>");

        assertThatThrownBy(() -> new ObjectsEngine().inspect(store()))
                .hasMessage(
                        "Tried to list the bucket s3://bucket/ but it answered 301 PermanentRedirect: the bucket is in another region, name it"
                                + " with ?region=eu-west-3");
    }

    @Test
    void namesTheRegionThatASignatureWasNotFor() {
        answer(400, Map.of(), "<Error><Code>AuthorizationHeaderMalformed</Code><Region>ap-south-1</Region></Error>");

        assertThatThrownBy(this::get).hasMessageContaining("name it with ?region=ap-south-1");
        assertThatThrownBy(() -> new ObjectsEngine().inspect(store()))
                .hasMessage(
                        "Tried to list the bucket s3://bucket/ but it answered 400 AuthorizationHeaderMalformed: the bucket is in another"
                                + " region, name it with ?region=ap-south-1");
    }

    @Test
    void namesTheAddressThatARedirectLeadsTo() {
        answer(307, Map.of("location", "http://elsewhere.example/bucket"), "");

        assertThatThrownBy(this::get).hasMessageContaining("this one leads to http://elsewhere.example/bucket");
        assertThatThrownBy(() -> new ObjectsEngine().inspect(store()))
                .hasMessage(
                        "Tried to list the bucket s3://bucket/ but it answered 307: redirects are not followed, and this one leads to"
                                + " http://elsewhere.example/bucket");
    }

    @Test
    void saysOneLineWithoutEntities() {
        answer(
                403,
                Map.of(),
                "<Error><Code>AccessDenied</Code><Message>&quot;a&quot; &lt;may\n  not</Message></Error>");

        assertThatThrownBy(this::get).hasMessage("it answered 403 AccessDenied \"a\" <may not");
    }

    @Test
    void asksAgainWhereTheStoreWantsLess() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        server.createContext("/", exchange -> {
            boolean slow = asked.incrementAndGet() <= 2;
            send(exchange, slow ? 503 : 200, slow ? "<Error><Code>SlowDown</Code></Error>" : "content");
        });

        assertThat(get()).isEqualTo("content");
        assertThat(asked).hasValue(3);
    }

    @Test
    void readsAnAnswerThatComesAfterAnotherAndEndsWithItsConnection() throws IOException {
        try (ServerSocket old = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> answerOnce(old));
            assertThat(get(old.getLocalPort())).isEqualTo("content");
        }
    }

    @Test
    void hearsARefusalThatDoesNotWaitForTheBody() throws IOException {
        try (ServerSocket early = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                S3Client s3 = S3Clients.of(store(early.getLocalPort()));
                Wire wire = new Wire(s3, "bucket")) {
            Thread.ofVirtual().start(() -> refuse(early));
            WireRequest.Body large = WireRequest.Body.of(new byte[1 << 26]);
            assertThatThrownBy(() -> wire.send(WireRequest.put("key", Map.of(), Map.of(), large)))
                    .hasMessage("it answered 403 AccessDenied");
        }
    }

    private static void refuse(ServerSocket early) {
        try (Socket socket = early.accept()) {
            assertThat(socket.getInputStream().read()).isPositive();
            String said = "<Error><Code>AccessDenied</Code></Error>";
            socket.getOutputStream()
                    .write(("HTTP/1.1 403 Forbidden\r\nContent-Length: " + said.length() + "\r\n\r\n" + said)
                            .getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysThatACertificateIsNotTrusted(@TempDir Path folder) throws Exception {
        String keys = folder.resolve("keys").toString();
        List<String> make = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                keys,
                "-storepass",
                "secret",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1");
        assertThat(new ProcessBuilder(make).redirectErrorStream(true).start().waitFor())
                .isZero();
        KeyStore own = KeyStore.getInstance(new File(keys), "secret".toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(context));
        secure.start();
        try {
            StoreUrl url = StoreUrl.parse("s3://key:secret@bucket?region=eu-central-1&endpoint=https://127.0.0.1:"
                    + secure.getAddress().getPort());
            assertThatThrownBy(() -> new ObjectsEngine().inspect(url))
                    .hasMessageContaining("Tried to list the bucket s3://bucket/ but it did not answer (")
                    .hasMessageEndingWith("check whether the endpoint is http or https, and its certificate");
            assertThatThrownBy(() -> get(url))
                    .hasMessageContaining("its certificate is not one that this Java trusts for 127.0.0.1");
        } finally {
            secure.stop(0);
        }
    }

    private static void answerOnce(ServerSocket old) {
        try (Socket socket = old.accept()) {
            assertThat(socket.getInputStream().read()).isPositive();
            socket.getOutputStream()
                    .write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\nConnection: close\r\n\r\ncontent"
                            .getBytes(UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void answer(int status, Map<String, String> headers, String body) {
        server.createContext("/", exchange -> {
            headers.forEach(exchange.getResponseHeaders()::add);
            send(exchange, status, body);
        });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.getBytes(UTF_8).length);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        exchange.close();
    }

    private String get() throws IOException {
        return get(server.getAddress().getPort());
    }

    private static String get(int port) throws IOException {
        return get(store(port));
    }

    private static String get(StoreUrl url) throws IOException {
        try (S3Client s3 = S3Clients.of(url);
                Wire wire = new Wire(s3, "bucket");
                WireAnswer answer = wire.send(WireRequest.get("key", Map.of()))) {
            return new String(answer.body().readAllBytes(), UTF_8);
        }
    }

    private StoreUrl store() {
        return store(server.getAddress().getPort());
    }

    private static StoreUrl store(int port) {
        return StoreUrl.parse("s3://key:secret@bucket?region=eu-central-1&endpoint=http://127.0.0.1:" + port);
    }
}
