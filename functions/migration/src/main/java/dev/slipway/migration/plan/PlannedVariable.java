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
        Optional<String> parameter) {

    /** The key of the target's secret that has its value, where that is a secret or known on the target only, and no parameter's. */
    public Optional<String> delivered() {
        boolean known =
                secret.isEmpty() && to.filter(SecretTemplate::hasReferences).isEmpty();
        return known || parameter.isPresent() ? Optional.empty() : Optional.of(secret.orElse(service + "." + name));
    }
}
