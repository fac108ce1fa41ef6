package dev.slipway.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.compose.AppFiles;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.local.Checkout;
import dev.slipway.local.ClassCache;
import dev.slipway.local.LocalEnvironments;
import dev.slipway.local.LocalRun;
import dev.slipway.local.Pipeline;
import dev.slipway.local.RunFolder;
import dev.slipway.local.account.OldServer;
import dev.slipway.local.account.Questions;
import dev.slipway.local.router.Router;
import dev.slipway.migration.StoreUrl;
import dev.slipway.report.Report;
import dev.slipway.report.ReportJson;
import dev.slipway.servers.RedisServer;
import dev.slipway.worker.AppUpload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** ProStudio as the guide finds it: one server in an account, with a Redis, whose users call it by a name. */
final class StagedApp implements AutoCloseable {
    static final String RECORD = "api.prostudio.com";
    static final String WAS = "old.prostudio.com";

    private static final String APP = "prostudio";
    private static final String ZONE = "prostudio.com";
    private static final String PASSWORD = "s3cret";
    private static final int KEYS = 500;

    /** The server is an address of its own. */
    private static final int REDIS = 6379;

    private final LocalRun run;
    private final Pipeline pipeline;
    private final Questions questions;
    private final OldServer server;
    private final RedisServer redis;
    private final HttpServer service;
    private final Router router;
    private final AtomicInteger failures = new AtomicInteger();

    private StagedApp(LocalRun run) throws IOException, InterruptedException {
        this.run = run;
        ClassCache.of(run.checkout())
                .ensure(ClassTraining.class, ClassTraining.environment(run.environments()), run.folder());
        this.pipeline = run.deploy(10);
        this.questions = run.with(new Questions(
                run.environments().account(), run.account(), run.folder().path()));
        this.server = OldServer.launch(questions);
        String address = server.address(questions);
        this.redis = run.with(RedisServer.start(new RedisServer.Place(
                run.checkout().cache(),
                run.folder().source().resolve("redis"),
                run.folder().pids(),
                address,
                REDIS,
                List.of("save \"\"", "requirepass " + PASSWORD))));
        this.service = serve(address);
        this.router = run.with(Router.open(
                run.account().endpoint(),
                Map.of(WAS, List.of(new dev.slipway.local.router.OldServer("/", service.getAddress()))),
                Map.of(server.instance(), service.getAddress().getHostString())));
        run.images(SampleImages.of(new Preschool(), run.checkout(), run.proxy(router.address()), run.environments()));
        publish();
    }

    static StagedApp start() throws IOException, InterruptedException {
        Checkout checkout = Checkout.current();
        LocalEnvironments environments = LocalEnvironments.ensure(checkout, System.getenv(), System.err::println);
        LocalRun run = LocalRun.start(checkout, RunFolder.create(checkout, Instant.now()), environments);
        try {
            return new StagedApp(run);
        } catch (IOException | InterruptedException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    /** What runs on the server, and goes on there. */
    private static HttpServer serve(String address) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(address, freePort()), 0);
        made.createContext("/", exchange -> {
            byte[] body = exchange.getRequestURI().getPath().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        made.start();
        return made;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void publish() {
        String zone = questions
                .ask("route53", "CreateHostedZone", Map.of("Name", ZONE, "CallerReference", "prostudio"))
                .at("/HostedZone/Id")
                .asText();
        Map<String, Object> record =
                Map.of("Name", RECORD, "Type", "CNAME", "TTL", 300, "ResourceRecords", List.of(Map.of("Value", WAS)));
        questions.ask(
                "route53",
                "ChangeResourceRecordSets",
                Map.of(
                        "HostedZoneId",
                        zone,
                        "ChangeBatch",
                        Map.of("Changes", List.of(Map.of("Action", "CREATE", "ResourceRecordSet", record)))));
    }

    /** The records under the name that users call: what each leads to, by its weight, or by 100 where it has none. */
    Map<String, Integer> records() {
        String zone = questions
                .ask("route53", "ListHostedZonesByName", Map.of("DNSName", ZONE))
                .at("/HostedZones/0/Id")
                .asText()
                .replace("/hostedzone/", "");
        Map<String, Integer> records = new TreeMap<>();
        questions
                .ask("route53", "ListResourceRecordSets", Map.of("HostedZoneId", zone))
                .path("ResourceRecordSets")
                .valueStream()
                .filter(set -> set.path("Name").asText().equals(RECORD + "."))
                .forEach(set -> records.put(leadsTo(set), set.path("Weight").asInt(100)));
        return records;
    }

    private static String leadsTo(JsonNode set) {
        String value = set.at("/ResourceRecords/0/Value").asText();
        return value.endsWith(".elb.amazonaws.com") ? "balancer" : value;
    }

    /** Uploads a stage, as {@code slipway app put --stage} does, around this server. */
    String upload(String stage) throws IOException {
        Path folder = Files.createDirectories(run.folder().app().resolve(stage)).resolve(APP);
        Files.createDirectories(folder);
        Path from = run.checkout().app(APP);
        Files.writeString(folder.resolve("nginx.conf"), Files.readString(from.resolve("nginx.conf")));
        Files.writeString(
                folder.resolve("slipway.yaml"),
                server.in(
                                Files.readString(from.resolve("slipway.yaml")),
                                service.getAddress().getPort())
                        .replace("address: 10.0.0.5", "address: " + redis.address())
                        .replace("record: " + RECORD, "record: " + RECORD + "\n  every: 1s"));
        Files.writeString(folder.resolve(".env"), "REDIS_PASSWORD=" + PASSWORD + "\n");
        new AppUpload(pipeline.artifacts().artifacts(), new FlatSecrets(Clients.of(SecretsManagerClient.builder())))
                .put(AppFiles.read(ComposeRequest.of(folder), Optional.of(stage)));
        return APP + "-" + stage;
    }

    /** Writes keys, and answers how many there are. */
    long fill() throws IOException {
        StringBuilder commands = new StringBuilder();
        for (int key = 0; key < KEYS; key++) {
            commands.append("SET film:")
                    .append(key)
                    .append(" frames-")
                    .append(key)
                    .append("\r\n");
        }
        ask(source(), commands.toString());
        return KEYS;
    }

    StoreUrl source() {
        return StoreUrl.parse("redis://:" + PASSWORD + "@" + redis.address() + ":" + redis.port());
    }

    /** The lines that a Redis answers to commands as one types them. */
    static List<String> ask(StoreUrl store, String commands) throws IOException {
        String user = store.user().map(name -> name + " ").orElse("");
        String login =
                store.password().map(word -> "AUTH " + user + word + "\r\n").orElse("");
        try (Socket socket = new Socket(store.host(), store.port(REDIS))) {
            socket.getOutputStream().write((login + commands + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    /** Starts an execution, and follows it to its end while users call the app. */
    MigrationWatch.Ending move(String app, Consumer<MigrationWatch> hook) throws InterruptedException {
        String execution = pipeline.start("{\"app\":\"" + app + "\"}");
        Thread users = Thread.ofVirtual().name("users").start(this::callOnAndOn);
        try {
            return new MigrationWatch(pipeline, app, execution, event -> {}, Duration.ofMillis(50)).follow(hook);
        } finally {
            users.interrupt();
            users.join();
        }
    }

    private void callOnAndOn() {
        while (!Thread.interrupted()) {
            try {
                if (call("/films").statusCode() != 200) {
                    failures.incrementAndGet();
                }
                Thread.sleep(Duration.ofMillis(60));
            } catch (IOException e) {
                failures.incrementAndGet();
            } catch (InterruptedException end) {
                return;
            }
        }
    }

    /** What a user gets. */
    HttpResponse<String> call(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newBuilder()
                .proxy(ProxySelector.of(router.address()))
                .build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://" + RECORD + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    /** Calls that were not answered, or with anything but success. */
    int failures() {
        return failures.get();
    }

    List<String> states(String execution) {
        return pipeline
                .machines()
                .getExecutionHistoryPaginator(request -> request.executionArn(execution))
                .events()
                .stream()
                .map(HistoryEvent::stateEnteredEventDetails)
                .filter(details -> details != null)
                .map(details -> details.name())
                .toList();
    }

    Report report(Pipeline.Row row) throws IOException {
        return ReportJson.read(
                pipeline.artifacts().text(row.attempt().reportJson()).orElseThrow());
    }

    Pipeline pipeline() {
        return pipeline;
    }

    LocalRun run() {
        return run;
    }

    @Override
    public void close() {
        service.stop(0);
        run.close();
    }
}
