package dev.slipway.worker;

import dev.slipway.migration.exception.InvalidInput;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker's environment says.
 *
 * @param bucket name of the artifact bucket
 * @param table name of the table of migrations; empty when a person runs the worker by hand
 * @param token of the waiting state; empty when a person runs the worker by hand
 * @param heartbeat how long the state waits for a sign of life
 * @param environment all of it, for the engines' tools
 */
record WorkerSettings(
        String bucket, String table, Optional<String> token, Duration heartbeat, Map<String, String> environment) {

    static WorkerSettings fromEnvironment() {
        return from(System.getenv());
    }

    static WorkerSettings from(Map<String, String> env) {
        String bucket = env.get("BUCKET");
        if (bucket == null || bucket.isBlank()) {
            throw new InvalidInput(
                    "work on a store", "the environment has no BUCKET", "let the state machine start the worker");
        }
        return new WorkerSettings(
                bucket,
                env.getOrDefault("TABLE", ""),
                Optional.ofNullable(env.get("TASK_TOKEN")),
                Duration.ofSeconds(Long.parseLong(env.getOrDefault("HEARTBEAT_SECONDS", "120"))),
                Map.copyOf(env));
    }
}
