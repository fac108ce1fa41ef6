package dev.slipway.migration.app;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One service of the compose file.
 *
 * @param image what it runs; empty where it is only built
 * @param environment every variable it is started with, sorted by name
 * @param command what overrides the image's own command; empty: nothing
 * @param cpus whole processors, from {@code deploy.resources} or {@code cpus}
 * @param memoryMiB from {@code deploy.resources} or {@code mem_limit}
 * @param declared every key of the service as written, e.g. {@code restart → always}, for the plan to judge
 */
public record AppService(
        String name,
        ServiceKind kind,
        Optional<String> image,
        List<Port> ports,
        Map<String, SecretTemplate> environment,
        List<SecretTemplate> command,
        Optional<HealthCheck> health,
        Optional<Double> cpus,
        Optional<Integer> memoryMiB,
        int replicas,
        List<String> dependsOn,
        List<Volume> volumes,
        Map<String, SecretTemplate> declared) {
    public AppService {
        ports = List.copyOf(ports);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        command = List.copyOf(command);
        dependsOn = List.copyOf(dependsOn);
        volumes = List.copyOf(volumes);
        declared = Collections.unmodifiableMap(new TreeMap<>(declared));
    }
}
