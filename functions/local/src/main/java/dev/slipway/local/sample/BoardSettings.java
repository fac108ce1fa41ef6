package dev.slipway.local.sample;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What one service of SmartBoard is told by its environment, under the names of its compose file: {@code PORT}, {@code REDIS_URL}, and
 * where it needs them {@code DATABASE_URL_*}, {@code *_BASE_URL}, {@code MINIO_*} and {@code BULLMQ_CONCURRENCY}.
 *
 * @param databases by the names of their schemas
 * @param services addresses of the other services, by their names without {@code svc-}
 * @param bucket where datasets are kept
 * @param concurrency how many jobs at once; 0: none
 */
public record BoardSettings(
        String service,
        String host,
        int port,
        Map<String, StoreUrl> databases,
        StoreUrl redis,
        Map<String, URI> services,
        Optional<BoardBucket> bucket,
        int concurrency,
        boolean mayFail) {
    private static final String DATABASE = "DATABASE_URL_";
    private static final String SERVICE = "_BASE_URL";

    public BoardSettings {
        databases = Map.copyOf(databases);
        services = Map.copyOf(services);
    }

    static BoardSettings fromEnvironment() {
        return from(System.getenv());
    }

    /** @throws InvalidInput naming the variable that is missing or malformed */
    public static BoardSettings from(Map<String, String> environment) {
        return new BoardSettings(
                required(environment, "SERVICE"),
                environment.getOrDefault("HOST", "127.0.0.1"),
                number(environment, "PORT", ""),
                called(environment, DATABASE, "", StoreUrl::parse),
                StoreUrl.parse(required(environment, "REDIS_URL")),
                called(environment, "", SERVICE, URI::create),
                BoardBucket.from(environment),
                number(environment, "BULLMQ_CONCURRENCY", "0"),
                "on".equals(environment.get("SAMPLE_FAULTS")));
    }

    private static <T> Map<String, T> called(
            Map<String, String> environment, String prefix, String suffix, Function<String, T> reader) {
        Map<String, T> found = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(prefix) && name.endsWith(suffix) && name.length() > prefix.length() + suffix.length()) {
                String word = name.substring(prefix.length(), name.length() - suffix.length());
                found.put(word.toLowerCase(java.util.Locale.ROOT), reader.apply(value));
            }
        });
        return found;
    }

    static String required(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> invalid(name, "it is not set"));
    }

    static int number(Map<String, String> environment, String name, String otherwise) {
        String value = environment.getOrDefault(name, otherwise);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw invalid(name, "'" + value + "' is no number");
        }
    }

    private static InvalidInput invalid(String name, String why) {
        return new InvalidInput("read SmartBoard's environment variable " + name, why, "set it and start again");
    }
}
