package dev.slipway.local.sample;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What one service of the sample app is told by its environment, as the guide writes it: {@code SERVICE_NAME},
 * {@code DATABASE_URL}, {@code REDIS_URL}, {@code MEDIA_DIR} or, before it, {@code AWS_S3_BUCKET}.
 */
public record SampleSettings(
        String service,
        String host,
        int port,
        StoreUrl database,
        StoreUrl redis,
        Optional<Path> mediaFolder,
        Optional<String> bucket,
        boolean mayFail,
        double errorShare) {

    static SampleSettings fromEnvironment() {
        return from(System.getenv());
    }

    /** @throws InvalidInput naming the variable that is missing or malformed */
    public static SampleSettings from(Map<String, String> environment) {
        Optional<String> folder = given(environment, "MEDIA_DIR");
        Optional<String> bucket = given(environment, "AWS_S3_BUCKET");
        if (folder.isEmpty() && bucket.isEmpty()) {
            throw invalid("MEDIA_DIR or AWS_S3_BUCKET", "neither is set");
        }
        return new SampleSettings(
                given(environment, "SERVICE").orElseGet(() -> required(environment, "SERVICE_NAME")),
                given(environment, "HOST").orElse("127.0.0.1"),
                number(environment, "PORT", required(environment, "PORT")).intValue(),
                StoreUrl.parse(required(environment, "DATABASE_URL")),
                StoreUrl.parse(required(environment, "REDIS_URL")),
                folder.map(Path::of),
                bucket,
                given(environment, "SAMPLE_FAULTS").filter("on"::equals).isPresent(),
                number(
                        environment,
                        "SAMPLE_ERROR_SHARE",
                        given(environment, "SAMPLE_ERROR_SHARE").orElse("0")));
    }

    private static Optional<String> given(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static String required(Map<String, String> environment, String name) {
        return given(environment, name).orElseThrow(() -> invalid(name, "it is not set"));
    }

    private static Double number(Map<String, String> environment, String name, String value) {
        try {
            return Double.valueOf(value);
        } catch (NumberFormatException e) {
            throw invalid(name, "'" + environment.get(name) + "' is no number");
        }
    }

    private static InvalidInput invalid(String name, String why) {
        return new InvalidInput("read the sample app's environment variable " + name, why, "set it and start again");
    }
}
