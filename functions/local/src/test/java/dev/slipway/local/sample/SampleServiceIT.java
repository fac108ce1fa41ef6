package dev.slipway.local.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleServiceIT {
    private static final SampleData DATA = SampleData.withRows(1_000);

    @TempDir
    static Path folder;

    private static Stores stores;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final HttpClient client = HttpClient.newHttpClient();
    private SampleService service;

    @BeforeAll
    static void seed() throws Exception {
        stores = Stores.start(folder);
        DATA.seed(stores.postgresUrl(), stores.redisUrl(), stores.media());
    }

    @AfterAll
    static void stopStores() {
        stores.close();
    }

    @BeforeEach
    void start() throws IOException {
        service = start(Map.of("SAMPLE_FAULTS", "on"));
    }

    @AfterEach
    void stop() {
        service.close();
        client.close();
    }

    @Test
    void isHealthyWhenAllThreeStoresAnswer() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/communication/health").body())
                .contains("\"postgres\":\"ok\"", "\"redis\":\"ok\"", "\"media\":\"ok\"");
    }

    @Test
    void readsAParentFromPostgresWithTheSessionFromRedis() throws Exception {
        HttpResponse<String> reply = get("/communication/parents/3");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).contains("Parent2@Example.org", "\"signed_in\":true");
        assertThat(get("/communication/parents/999999").statusCode()).isEqualTo(404);
        assertThat(get("/communication/parents/x").statusCode()).isEqualTo(400);
    }

    @Test
    void writesAllThreeStoresAndServesWhatItWrote() throws Exception {
        HttpResponse<String> reply = post("/communication/messages", "good morning ☕");
        assertThat(reply.statusCode()).isEqualTo(201);
        String id = reply.body().replaceAll("\\D", "");
        assertThat(get("/communication/media/messages/communication-" + id + ".txt")
                        .body())
                .isEqualTo("good morning ☕");
    }

    @Test
    void servesFilesByTheirOddNamesAndNothingOutsideItsFolder() throws Exception {
        for (String name : DATA.mediaNames()) {
            String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
            assertThat(get("/communication/media/" + encoded).statusCode())
                    .as(name)
                    .isEqualTo(200);
        }
        assertThat(get("/communication/media/..%2Fredis%2Fredis.log").statusCode())
                .isEqualTo(404);
    }

    @Test
    void answersAWriteUnderAFenceAsReadOnlyAndStillReads() throws Exception {
        admin("ALTER DATABASE postgres SET default_transaction_read_only = on");
        try {
            service.close();
            service = start(Map.of());
            HttpResponse<String> reply = post("/communication/messages", "too late");
            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(reply.headers().firstValue("X-Read-Only")).contains("true");
            assertThat(reply.headers().firstValue("Retry-After")).isPresent();
            assertThat(get("/communication/parents/1").statusCode()).isEqualTo(200);
        } finally {
            admin(
                    "SET default_transaction_read_only = off",
                    "ALTER DATABASE postgres RESET default_transaction_read_only");
        }
    }

    @Test
    void survivesTheEndOfItsDatabaseSessions() throws Exception {
        for (int round = 0; round < 5; round++) {
            assertThat(get("/communication/parents/1").statusCode()).isEqualTo(200);
            admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'crp-preschool'"
                    + " AND pid <> pg_backend_pid()");
        }
        assertThat(get("/communication/parents/1").statusCode()).isEqualTo(200);
        assertThat(post("/communication/messages", "still here").statusCode()).isEqualTo(201);
    }

    @Test
    void failsOnRequestOnlyWhereFaultsAreOn() throws Exception {
        assertThat(post("/faults", "{\"error_share\":1.0}").statusCode()).isEqualTo(200);
        assertThat(get("/communication/parents/1").statusCode()).isEqualTo(500);
        assertThat(get("/health").statusCode()).isEqualTo(200);
        service.close();
        service = start(Map.of("SAMPLE_ERROR_SHARE", "1.0"));
        assertThat(post("/faults", "{\"error_share\":1.0}").statusCode()).isEqualTo(403);
        assertThat(get("/communication/parents/1").statusCode()).isEqualTo(200);
    }

    @Test
    void runsAsATaskOf64MegabytesOnAnAddressOfItsOwn() throws Exception {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SampleService.class.getName())
                .inheritIO();
        builder.environment().putAll(stores.environment(Map.of("HOST", "127.0.7.1", "PORT", Integer.toString(port))));
        Process process = builder.start();
        try {
            URI health = URI.create("http://127.0.7.1:" + port + "/health");
            await(() -> client.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString())
                            .statusCode()
                    == 200);
            for (int write = 0; write < 50; write++) {
                HttpRequest request = HttpRequest.newBuilder(health.resolve("/communication/messages"))
                        .POST(HttpRequest.BodyPublishers.ofString("message " + write))
                        .build();
                assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(201);
            }
        } finally {
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds(condition)) {
            assertThat(System.nanoTime()).isLessThan(until);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (ConnectException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.7.1"))) {
            return socket.getLocalPort();
        }
    }

    private SampleService start(Map<String, String> more) throws IOException {
        SampleSettings settings = SampleSettings.from(stores.environment(more));
        return SampleService.start(settings, new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + service.address().getPort() + path);
    }

    private static void admin(String... statements) throws SQLException {
        try (Connection connection = SampleDatabase.connect(stores.postgresUrl(), "crp-preschool");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
