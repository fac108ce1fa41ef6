package dev.slipway.compose.origin;

import dev.slipway.migration.app.HealthCheck;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a compose model has no word for, of one service.
 *
 * @param kind where it is known by more than the image
 * @param crontab when it runs
 * @param health where it is no command
 * @param declared its keys, in the words of its platform
 */
public record ServiceOrigin(
        Optional<ServiceKind> kind,
        Optional<String> crontab,
        Optional<Scaling> scaling,
        Optional<HealthCheck> health,
        Map<String, SecretTemplate> declared) {
    static final ServiceOrigin NONE =
            new ServiceOrigin(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public ServiceOrigin {
        declared = Collections.unmodifiableMap(new TreeMap<>(declared));
    }
}
