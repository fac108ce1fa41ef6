package dev.slipway.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.compose.AppFiles;
import dev.slipway.local.Checkout;
import dev.slipway.local.sample.SampleService;
import dev.slipway.local.sample.SampleSettings;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.StrictJson;
import dev.slipway.worker.SlipwayCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the {@link dev.slipway.local.ClassCache} is trained on: a worker and a service of the sample app, in an account that holds
 * nothing but its plan, with stores that do not answer.
 */
public final class ClassTraining {
    private static final Attempt ATTEMPT = new Attempt("crp-preschool", 1);
    /** Nothing listens on discard. */
    private static final String NO_PORT = "9";

    /** What the worker asks its environment for. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "AWS_ACCESS_KEY_ID", "training",
            "AWS_SECRET_ACCESS_KEY", "training",
            "AWS_REGION", "us-east-1",
            "BUCKET", "training",
            "TASK_TOKEN", "training");

    private ClassTraining() {}

    /** The folder to work in is the only argument. */
    public static void main(String[] arguments) throws IOException {
        Path folder = folder(Path.of(arguments[0]));
        byte[] plan = planOf(folder);
        Map<String, String> values = AppFiles.readDirectory(folder).secrets().values();
        byte[] secrets = json(Map.of("Name", "training", "SecretString", new String(json(values), UTF_8)));
        HttpServer account = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        account.createContext("/", exchange -> answer(exchange, plan, secrets));
        account.start();
        System.setProperty(
                "aws.endpointUrl", "http://127.0.0.1:" + account.getAddress().getPort());
        for (String store : List.of("postgres", "redis", "media")) {
            SlipwayCommand.commandLine(List.of())
                    .execute(
                            "work",
                            "inspect",
                            "--app",
                            ATTEMPT.app(),
                            "--attempt",
                            "1",
                            "--store",
                            store,
                            "--try",
                            "1");
        }
        serve();
        account.stop(0);
    }

    private static Path folder(Path folder) throws IOException {
        Map<String, String> environment = Map.of(
                "POSTGRES_PASSWORD", "training",
                "REDIS_PASSWORD", "training",
                "JWT_SECRET", "training",
                "ENCRYPTION_KEY", "training",
                "GRAFANA_PASSWORD", "training",
                "POSTGRES_PORT", NO_PORT,
                "REDIS_PORT", NO_PORT,
                "MEDIA_DIR", folder.toString());
        return DemoAppFolder.write(
                        Checkout.current().app(ATTEMPT.app()), folder.resolve("app"), ATTEMPT.app(), 1, environment)
                .folder();
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

    private static void answer(HttpExchange exchange, byte[] plan, byte[] secrets) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            boolean reading = exchange.getRequestMethod().equals("GET");
            boolean isPlan = exchange.getRequestURI().getPath().endsWith(ATTEMPT.plan());
            byte[] body = reading ? plan : target.endsWith("GetSecretValue") ? secrets : "{}".getBytes(UTF_8);
            boolean found = !reading || isPlan;
            exchange.sendResponseHeaders(found ? 200 : 404, found ? body.length : -1);
            if (found) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static void serve() throws IOException {
        Map<String, String> settings = Map.of(
                "SERVICE", "training",
                "HOST", "127.0.0.1",
                "PORT", "0",
                "DATABASE_URL", "postgres://training@127.0.0.1:" + NO_PORT + "/training",
                "REDIS_URL", "redis://127.0.0.1:" + NO_PORT,
                "AWS_S3_BUCKET", "training");
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
