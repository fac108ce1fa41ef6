package dev.slipway.migration.app;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One service of the app.
 *
 * @param product what is known of its image, by the name its makers give it, e.g. {@code prometheus}; empty: the app's own
 * @param image what it runs, or what is built is called; empty where it is only built
 * @param environment every variable it is started with, sorted by name
 * @param command what overrides the image's own command; empty: nothing
 * @param container how it runs beside that
 * @param schedule when a job runs, as cron or as a rate in the words of EventBridge Scheduler; empty: once, or always
 * @param scaling how many of it run, where its files say so
 * @param cpus whole processors, from {@code deploy.resources} or {@code cpus}
 * @param memoryMiB from {@code deploy.resources} or {@code mem_limit}
 * @param declared every key of the service as written, e.g. {@code restart → always}, for the plan to judge
 */
public record AppService(
        String name,
        ServiceKind kind,
        Optional<String> product,
        Optional<String> image,
        List<Port> ports,
        Map<String, SecretTemplate> environment,
        List<SecretTemplate> command,
        ContainerOptions container,
        Optional<HealthCheck> health,
        Optional<String> schedule,
        Optional<Scaling> scaling,
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

    /**
     * Whether no registry has its image: its files name none, or say that it is built though they do.
     *
     * @see <a href="https://docs.docker.com/reference/compose-file/build/#using-build-and-image">what Docker Compose does</a>
     */
    public boolean built() {
        return image.isEmpty()
                || (declared.containsKey("build")
                        && Optional.ofNullable(declared.get("pull_policy"))
                                .map(SecretTemplate::text)
                                .filter("build"::equals)
                                .isPresent());
    }
}
