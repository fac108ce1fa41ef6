package dev.slipway.migration.app;

import java.util.List;
import java.util.Optional;

/**
 * How a service says that it is well.
 *
 * @param command the check's command line; empty where a store's own is meant
 * @param path the HTTP path that the command asks for, e.g. {@code /health}
 * @param intervalSeconds between two checks
 * @param timeoutSeconds after which a check has failed
 * @param retries failures in a row that make the service unhealthy
 * @param startSeconds from its start, in which failures do not count
 */
public record HealthCheck(
        List<SecretTemplate> command,
        Optional<String> path,
        int intervalSeconds,
        int timeoutSeconds,
        int retries,
        int startSeconds) {
    public HealthCheck {
        command = List.copyOf(command);
    }
}
