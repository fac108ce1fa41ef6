package dev.slipway.compose.kubernetes;

import dev.slipway.migration.app.HealthCheck;
import dev.slipway.migration.app.SecretTemplate;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The check of a container: whether it can be asked goes before whether it lives. */
final class Probes {
    /** Kubernetes' own defaults. */
    private static final int PERIOD_SECONDS = 10;

    private static final int TIMEOUT_SECONDS = 1;
    private static final int FAILURES = 3;

    private Probes() {}

    static Optional<HealthCheck> of(Container container) {
        return first(container, probe -> probe.getHttpGet() != null)
                .or(() -> first(container, probe -> probe.getExec() != null))
                .map(Probes::check);
    }

    private static Optional<Probe> first(Container container, Predicate<Probe> wanted) {
        return Stream.of(container.getReadinessProbe(), container.getLivenessProbe(), container.getStartupProbe())
                .filter(Objects::nonNull)
                .filter(wanted)
                .findFirst();
    }

    private static HealthCheck check(Probe probe) {
        List<SecretTemplate> command =
                Optional.ofNullable(probe.getExec()).map(ExecAction::getCommand).orElse(List.of()).stream()
                        .map(SecretTemplate::literal)
                        .toList();
        return new HealthCheck(
                command.isEmpty()
                        ? command
                        : Stream.concat(Stream.of(SecretTemplate.literal("CMD")), command.stream())
                                .toList(),
                Optional.ofNullable(probe.getHttpGet())
                        .map(HTTPGetAction::getPath)
                        .map(Probes::path)
                        .or(() -> httpRoot(probe)),
                Optional.ofNullable(probe.getPeriodSeconds()).orElse(PERIOD_SECONDS),
                Optional.ofNullable(probe.getTimeoutSeconds()).orElse(TIMEOUT_SECONDS),
                Optional.ofNullable(probe.getFailureThreshold()).orElse(FAILURES),
                Optional.ofNullable(probe.getInitialDelaySeconds()).orElse(0));
    }

    private static Optional<String> httpRoot(Probe probe) {
        return Optional.ofNullable(probe.getHttpGet()).map(get -> "/");
    }

    private static String path(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }
}
