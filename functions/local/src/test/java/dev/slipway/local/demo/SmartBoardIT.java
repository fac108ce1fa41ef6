package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.compose.AppFiles;
import dev.slipway.local.Checkout;
import dev.slipway.local.RunFolder;
import dev.slipway.local.router.OldServer;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.servers.S3Program;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SmartBoard as it is before it moves: its services over real stores, with the variables of its compose file. */
class SmartBoardIT {
    private static final SampleApp APP = new SmartBoard();
    private static final SampleData DATA = SampleData.withRows(1_000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static DemoSource source;
    private static OldServices services;
    private static Map<String, InetSocketAddress> published;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        Checkout checkout = new Checkout(Path.of(System.getProperty("slipway.root")));
        assumeThat(S3Program.of(checkout.root()))
                .as("an S3 server, which Go builds")
                .isPresent();
        RunFolder run = new RunFolder(folder);
        for (Path each : new Path[] {run.logs(), run.pids(), run.source()}) {
            Files.createDirectories(each);
        }
        source = DemoSource.start(APP, checkout, run, DATA, /* live= */ false);
        DemoAppFolder app = DemoAppFolder.write(
                APP,
                checkout,
                run.app(),
                new DemoAppFolder.Wishes(APP.name(), 1, Map.of(), Strategy.FREEZE),
                source.environment());
        services = APP.startServices(run, source, AppFiles.readDirectory(app.folder()));
        published = services.published().stream().collect(Collectors.toMap(OldServer::prefix, OldServer::address));
    }

    @AfterAll
    static void stop() {
        HTTP.close();
        if (services != null) {
            services.close();
            source.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/users/1",
                "/tenants/tenants/1",
                "/datasets/datasets/1",
                "/analytics/results/1",
                "/dashboards/dashboards/1",
                "/realtime/stream"
            })
    void readsFromEachServiceThroughTheGatewayAndThroughTheWeb(String page) throws Exception {
        assertThat(get("/api/", "/api" + page).statusCode()).isEqualTo(200);
        assertThat(get("/", page).statusCode()).isEqualTo(200);
        assertThat(get("/", page).body()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/sessions",
                "/tenants/invitations",
                "/datasets/datasets",
                "/analytics/events",
                "/dashboards/dashboards",
                "/realtime/events"
            })
    void writesToEachServiceThroughTheGatewayAndThroughTheWeb(String page) throws Exception {
        assertThat(post("/api/", "/api" + page, "written").statusCode()).isEqualTo(201);
        assertThat(post("/", page, "written").statusCode()).isEqualTo(201);
    }

    @Test
    void letsTheWorkerLookIntoWhatWasUploaded() throws Exception {
        String id = post("/api/", "/api/datasets/datasets", "a\nb\nc").body().replaceAll("\\D", "");
        Instant deadline = Instant.now().plus(PATIENCE);
        while (get("/api/", "/api/analytics/results/" + id).statusCode() != 200
                && Instant.now().isBefore(deadline)) {
            Thread.sleep(100);
        }
        assertThat(get("/api/", "/api/analytics/results/" + id).body()).contains("\"lines\":\"3\"", "\"bytes\":\"5\"");
        assertThat(get("/api/", "/api/datasets/datasets/" + id).body())
                .contains("\"status\":\"READY\"", "uploads/" + id + ".csv");
    }

    @Test
    void tellsAFenceFromAFailureAlsoThroughTheGateway() throws Exception {
        try (Connection connection = DemoStory.connect(source.postgresUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE smartboard SET default_transaction_read_only = on");
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'svc-tenants'");
            HttpResponse<String> reply = post("/", "/tenants/invitations", "too late");
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("ALTER DATABASE smartboard RESET default_transaction_read_only");
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'svc-tenants'");
            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(reply.headers().firstValue("X-Read-Only")).contains("true");
        }
    }

    private static HttpResponse<String> get(String server, String path) throws Exception {
        return HTTP.send(asking(server, path).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String server, String path, String text) throws Exception {
        return HTTP.send(
                asking(server, path).POST(BodyPublishers.ofString(text)).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder asking(String server, String path) {
        InetSocketAddress address = Objects.requireNonNull(published.get(server), server);
        return HttpRequest.newBuilder(URI.create("http://" + address.getHostString() + ":" + address.getPort() + path));
    }
}
