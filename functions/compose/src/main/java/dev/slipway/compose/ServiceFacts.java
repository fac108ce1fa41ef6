package dev.slipway.compose;

import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.util.List;
import java.util.Optional;

/**
 * What the files that a service names say of it.
 *
 * @param kind of a proxy whose configuration was read: {@code PROXY}, or {@code APP} where it has files of its own
 * @param base the image that its Dockerfile begins with
 * @param password of a store, from its configuration file
 * @param jobs of its crontab
 */
record ServiceFacts(
        Optional<ServiceKind> kind, Optional<String> base, Optional<SecretTemplate> password, List<TimedCommand> jobs) {
    static final ServiceFacts NONE = new ServiceFacts(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    ServiceFacts {
        jobs = List.copyOf(jobs);
    }

    /**
     * A command that is run by the clock.
     *
     * @param schedule as EventBridge Scheduler writes it
     */
    record TimedCommand(String schedule, SecretTemplate command) {}
}
