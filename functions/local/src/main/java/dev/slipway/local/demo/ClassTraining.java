package dev.slipway.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.blueprints.TargetEndpoints;
import dev.slipway.compose.AppFiles;
import dev.slipway.local.Checkout;
import dev.slipway.local.LocalEnvironments;
import dev.slipway.local.RunFolder;
import dev.slipway.local.sample.SampleData;
import dev.slipway.local.sample.SampleService;
import dev.slipway.local.sample.SampleSettings;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.worker.SlipwayCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the {@link dev.slipway.local.ClassCache} is trained on: workers and a service of the sample app, with small stores of their
 * own that are source and target at once, in an account that keeps what it is given in memory.
 */
public final class ClassTraining {
    private static final SampleApp APP = new Preschool();
    private static final Attempt ATTEMPT = new Attempt(APP.name(), 1);
    private static final SampleData DATA = SampleData.withRows(500);
    private static final String MEDIA = "training-media";
    private static final String ARTIFACTS = "training";

    private ClassTraining() {}

    /** What the worker asks its environment for. */
    static Map<String, String> environment(LocalEnvironments environments) {
        Map<String, String> environment = new HashMap<>(SampleImages.tools(environments));
        environment.putAll(Map.of(
                "AWS_ACCESS_KEY_ID", "training",
                "AWS_SECRET_ACCESS_KEY", "training",
                "AWS_REGION", "us-east-1",
                "BUCKET", ARTIFACTS,
                "TASK_TOKEN", "training"));
        return environment;
    }

    /** The folder to work in is the only argument. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RunFolder run = prepare(Path.of(arguments[0]));
        try (DemoSource source = DemoSource.start(APP, Checkout.current(), run, DATA, /* live= */ false);
                TrainingAccount account = TrainingAccount.start()) {
            System.setProperty("aws.endpointUrl", account.endpoint());
            Path app = folder(run, source);
            fill(account, source, run, app);
            for (String verb : List.of("inspect", "snapshot", "fence", "verify")) {
                for (String store : List.of("postgres", "redis", "media")) {
                    work(verb, store);
                }
            }
            serve(source);
        }
    }

    /** What it starts is ended with the run that it is part of. */
    private static RunFolder prepare(Path folder) throws IOException {
        RunFolder run = new RunFolder(folder);
        Files.createDirectories(run.media());
        Files.createSymbolicLink(run.pids(), folder.resolveSibling("pids"));
        return run;
    }

    private static Path folder(RunFolder run, DemoSource source) throws IOException {
        return DemoAppFolder.write(
                        APP,
                        Checkout.current(),
                        run.app(),
                        new DemoAppFolder.Wishes(APP.name(), 1, Map.of(), Strategy.FREEZE),
                        source.environment())
                .folder();
    }

    private static void fill(TrainingAccount account, DemoSource source, RunFolder run, Path app) throws IOException {
        byte[] plan = planOf(app);
        account.secret(
                "postgres",
                Map.of(
                        "username",
                        "postgres",
                        "password",
                        source.postgresUrl().password().orElseThrow()));
        account.secret(
                "redis",
                Map.of(
                        "username",
                        "default",
                        "password",
                        source.redisUrl().password().orElseThrow()));
        account.secret("", AppFiles.readDirectory(app).secrets().values());
        for (String name : DATA.mediaNames()) {
            account.object(MEDIA + "/" + name, Files.readAllBytes(run.media().resolve(name)));
        }
        TargetOutputs outputs = outputs(source);
        account.object(ARTIFACTS + "/" + ATTEMPT.plan(), plan);
        account.object(ARTIFACTS + "/" + ATTEMPT.target(), json(outputs));
        TargetEndpoints target = new TargetEndpoints(outputs, account::secret);
        for (var store : StrictJson.mapper().readValue(plan, Plan.class).stores()) {
            byte[] claim = json(Map.of("target", target.forWorker(store).toString(), "attempt", 1));
            account.object(ARTIFACTS + "/" + ATTEMPT.claim(store.name()), claim);
        }
    }

    private static TargetOutputs outputs(DemoSource source) {
        return new TargetOutputs(Map.of(
                "PostgresHost",
                source.postgresUrl().host(),
                "PostgresPort",
                source.environment().getOrDefault("POSTGRES_PORT", ""),
                "PostgresDatabase",
                source.postgresUrl().path(),
                "PostgresSecretArn",
                "postgres",
                "RedisScheme",
                "redis",
                "RedisHost",
                source.redisUrl().host(),
                "RedisPort",
                source.environment().getOrDefault("REDIS_PORT", ""),
                "RedisAdminSecretArn",
                "redis",
                "MediaBucket",
                MEDIA,
                "MediaRegion",
                "us-east-1"));
    }

    /** One that fails is trained on no further, and its end is in the log. */
    private static void work(String verb, String store) {
        int code = SlipwayCommand.commandLine(List.of())
                .execute("work", verb, "--app", ATTEMPT.app(), "--attempt", "1", "--store", store, "--try", "1");
        System.out.println(verb + " " + store + " ended " + code);
    }

    private static byte[] planOf(Path folder) {
        StringWriter plan = new StringWriter();
        SlipwayCommand.commandLine(List.of())
                .setOut(new PrintWriter(plan))
                .execute("plan", "--json", folder.toString());
        return plan.toString().getBytes(UTF_8);
    }

    private static byte[] json(Object value) throws IOException {
        return StrictJson.mapper().writeValueAsBytes(value);
    }

    private static void serve(DemoSource source) throws IOException {
        Map<String, String> settings = Map.of(
                "SERVICE",
                "training",
                "HOST",
                "127.0.0.1",
                "PORT",
                "0",
                "DATABASE_URL",
                source.postgresUrl().reveal(),
                "REDIS_URL",
                source.redisUrl().reveal(),
                "AWS_S3_BUCKET",
                MEDIA);
        PrintStream log = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        try (log;
                SampleService service = SampleService.start(SampleSettings.from(settings), log)) {
            for (String page : List.of("health", "parents/1", "media/1")) {
                ask("http://127.0.0.1:" + service.address().getPort() + "/" + page);
            }
        }
    }

    private static void ask(String page) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(page).toURL().openConnection();
        try (InputStream answer = connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getInputStream()
                : connection.getErrorStream()) {
            if (answer != null) {
                answer.readAllBytes();
            }
        }
    }
}
