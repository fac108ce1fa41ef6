package dev.slipway.local.demo;

import dev.slipway.compose.AppBundle;
import dev.slipway.local.Checkout;
import dev.slipway.local.RunFolder;
import dev.slipway.local.router.PreschoolVisit;
import dev.slipway.local.router.Visit;
import dev.slipway.local.sample.SampleData;
import dev.slipway.local.sample.SampleService;
import dev.slipway.local.sample.SampleSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** crp-preschool: two services, Postgres, Redis and a folder of media. */
record Preschool() implements SampleApp {
    private static final List<String> SERVICES = List.of("auth", "communication");
    private static final int VISITS_PER_SECOND = 15;

    @Override
    public String name() {
        return "crp-preschool";
    }

    @Override
    public String zone() {
        return "crpschool.com";
    }

    @Override
    public String host() {
        return "api";
    }

    @Override
    public String login() {
        return "postgres";
    }

    @Override
    public String database() {
        return "crp_preschool";
    }

    @Override
    public List<String> secrets() {
        return List.of(DemoSecrets.POSTGRES, DemoSecrets.REDIS, "JWT_SECRET", "ENCRYPTION_KEY", "GRAFANA_PASSWORD");
    }

    @Override
    public String objects() {
        return "media";
    }

    @Override
    public boolean onlyFollows() {
        return false;
    }

    @Override
    public List<String> balanced() {
        return List.of("AuthService", "CommunicationService");
    }

    @Override
    public Written written() {
        return new Written("messages", "messages");
    }

    @Override
    public SourceObjects startObjects(Checkout checkout, RunFolder run) {
        return new MediaFolder(run.media());
    }

    @Override
    public void seed(DemoSource source, SampleData data) throws IOException, InterruptedException {
        data.seed(source.postgresUrl(), source.redisUrl(), media(source));
    }

    @Override
    public OldServices startServices(RunFolder run, DemoSource source, AppBundle bundle) throws IOException {
        OldServices services = OldServices.none(run);
        for (String service : SERVICES) {
            Map<String, String> environment = Map.of(
                    "SERVICE", service,
                    "HOST", "127.0.0.1",
                    "PORT", Integer.toString(OldServices.freePort()),
                    "DATABASE_URL", source.postgresUrl().reveal(),
                    "REDIS_URL", source.redisUrl().reveal(),
                    "MEDIA_DIR", media(source).toString());
            services.publish(
                    "/" + service + "/", SampleService.start(SampleSettings.from(environment), services.log()));
        }
        return services;
    }

    @Override
    public Map<String, Program> programs() {
        return SERVICES.stream()
                .collect(Collectors.toMap(
                        service -> "crp/" + service + "-service:1.4.0",
                        service -> new Program(
                                SampleService.class.getName(),
                                Map.of("SERVICE", service, "SAMPLE_FAULTS", "on", "LC_ALL", "C.UTF-8"))));
    }

    @Override
    public Visit visit(String app, SampleData data) {
        return new Visit(
                record(app), VISITS_PER_SECOND, new PreschoolVisit(SERVICES, data.parents(), data.mediaNames()));
    }

    private static Path media(DemoSource source) {
        return Path.of(source.objects().url().uri());
    }
}
