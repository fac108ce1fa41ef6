package dev.slipway.local.demo;

import dev.slipway.compose.AppBundle;
import dev.slipway.local.Checkout;
import dev.slipway.local.RunFolder;
import dev.slipway.local.router.BoardVisit;
import dev.slipway.local.router.Visit;
import dev.slipway.local.sample.BoardData;
import dev.slipway.local.sample.BoardService;
import dev.slipway.local.sample.BoardSettings;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.app.AppService;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** SmartBoard: nine services, which find each other by their names, a Postgres with a schema for each, Redis and a bucket. */
record SmartBoard() implements SampleApp {
    private static final String BUCKET = "smartboard-datasets";
    private static final int VISITS_PER_SECOND = 20;

    /** Those that the old server's proxy leads to, by the beginning of the path. */
    private static final Map<String, String> PUBLISHED = Map.of("gateway", "/api/", "web", "/");

    private static final List<String> SERVICES = List.of(
            "web",
            "gateway",
            "svc-auth",
            "svc-tenants",
            "svc-datasets",
            "svc-analytics",
            "svc-dashboards",
            "svc-realtime",
            "worker");

    @Override
    public String name() {
        return "smartboard";
    }

    @Override
    public String zone() {
        return "smartboard.example";
    }

    @Override
    public String host() {
        return "app";
    }

    @Override
    public String login() {
        return "smartboard";
    }

    @Override
    public String database() {
        return "smartboard";
    }

    @Override
    public List<String> secrets() {
        return List.of(
                DemoSecrets.POSTGRES, DemoSecrets.REDIS, "JWT_SECRET", "SESSION_SECRET", "MICROSOFT_CLIENT_SECRET");
    }

    @Override
    public String objects() {
        return "minio";
    }

    @Override
    public boolean onlyFollows() {
        return true;
    }

    @Override
    public List<String> balanced() {
        return List.of("Web", "Gateway");
    }

    @Override
    public Written written() {
        return new Written("analytics.\"Event\"", "events");
    }

    @Override
    public SourceObjects startObjects(Checkout checkout, RunFolder run) throws IOException {
        return MinioBucket.start(checkout, run, BUCKET);
    }

    @Override
    public void seed(DemoSource source, SampleData data) throws IOException, InterruptedException {
        new BoardData(data)
                .seed(source.postgresUrl(), source.redisUrl(), source.objects().url());
    }

    @Override
    public OldServices startServices(RunFolder run, DemoSource source, AppBundle bundle) throws IOException {
        Map<String, Map<String, String>> environments = environments(bundle);
        DockerNetwork network = DockerNetwork.of(source);
        for (String service : SERVICES) {
            network = network.with(service, environments.getOrDefault(service, Map.of()), OldServices.freePort());
        }
        OldServices services = OldServices.none(run);
        for (String service : SERVICES) {
            Map<String, String> environment = network.led(service, environments.getOrDefault(service, Map.of()));
            add(services, service, BoardService.start(BoardSettings.from(environment), services.log()));
        }
        return services;
    }

    /** As the compose file has them, by the names of the services. */
    private static Map<String, Map<String, String>> environments(AppBundle bundle) {
        Map<String, String> secrets = bundle.secrets().values();
        return bundle.app().services().stream().collect(Collectors.toMap(AppService::name, service -> {
            Map<String, String> environment = new HashMap<>(Map.of("SERVICE", service.name()));
            service.environment().forEach((name, value) -> environment.put(name, value.resolve(secrets)));
            return environment;
        }));
    }

    private static void add(OldServices services, String name, BoardService program) {
        String prefix = PUBLISHED.get(name);
        if (prefix == null) {
            services.add(program);
        } else {
            services.publish(prefix, program);
        }
    }

    @Override
    public Map<String, Program> programs() {
        return SERVICES.stream()
                .collect(Collectors.toMap(
                        service -> "smartboard/smartboard-" + service + ":1.0.0",
                        service -> new Program(
                                BoardService.class.getName(),
                                Map.of("SERVICE", service, "SAMPLE_FAULTS", "on", "LC_ALL", "C.UTF-8"))));
    }

    @Override
    public Visit visit(String app, SampleData data) {
        BoardData board = new BoardData(data);
        return new Visit(
                record(app),
                VISITS_PER_SECOND,
                new BoardVisit(board.users(), board.tenants(), board.datasets(), board.dashboards()));
    }
}
