package dev.slipway.local;

import dev.slipway.local.sample.SampleService;
import dev.slipway.local.sample.SampleSettings;
import dev.slipway.worker.SlipwayCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What {@link ClassCache} is trained on: a worker and a service in an account where nothing answers. */
final class ClassTraining {
    /** Nothing listens on discard. */
    private static final String NOWHERE = "127.0.0.1:9";

    /** For the account of the training; the worker asks for its bucket. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "AWS_ENDPOINT_URL", "http://" + NOWHERE,
            "AWS_ACCESS_KEY_ID", "training",
            "AWS_SECRET_ACCESS_KEY", "training",
            "AWS_REGION", "us-east-1",
            "BUCKET", "training",
            "TASK_TOKEN", "training");

    private ClassTraining() {}

    public static void main(String[] arguments) throws IOException {
        SlipwayCommand.commandLine(List.of())
                .execute("work", "inspect", "--app", "training", "--attempt", "1", "--store", "training", "--try", "1");
        Map<String, String> settings = Map.of(
                "SERVICE", "training",
                "HOST", "127.0.0.1",
                "PORT", "0",
                "DATABASE_URL", "postgres://training@" + NOWHERE + "/training",
                "REDIS_URL", "redis://" + NOWHERE,
                "AWS_S3_BUCKET", "training");
        PrintStream log = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
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
