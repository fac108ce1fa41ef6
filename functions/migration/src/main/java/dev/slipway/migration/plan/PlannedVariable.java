package dev.slipway.migration.plan;

import dev.slipway.migration.app.SecretTemplate;
import java.util.Optional;

/**
 * One environment variable of a service, before and after.
 *
 * @param from the value in the compose file; empty: it is new
 * @param to what the value is made from; empty: it is not set on the target
 * @param secret where present, the value is delivered by Secrets Manager under this key of the app's secret
 * @param parameter where present, the value is delivered by this SSM parameter
 */
public record PlannedVariable(
        String service,
        String name,
        Optional<SecretTemplate> from,
        Optional<SecretTemplate> to,
        Optional<String> secret,
        Optional<String> parameter) {}
