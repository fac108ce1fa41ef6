package dev.slipway.migration.plan;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.slipway.migration.app.ContainerOptions;
import dev.slipway.migration.app.HealthCheck;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.app.SecretTemplate;
import java.util.List;
import java.util.Optional;

/**
 * A service of the app as it will run on the target. Its environment is in {@link Plan#environment()}.
 *
 * @param built whether the app's own files build its image, so that no registry has it
 * @param port the port it listens on; empty for a worker
 * @param paths the load balancer's path patterns that lead to it, in the order of their priority; none: not public
 * @param hosts the names under which those paths are asked for; none: any
 * @param healthPath what the load balancer asks for
 * @param health how the container itself says that it is well; empty: it does not
 * @param command what overrides the image's own; empty: nothing
 * @param container how it runs beside that
 * @param cpu units of 1/1024 processor, a size that Fargate offers; 0 on servers of its own
 * @param memoryMib a size that Fargate offers with that cpu; 0 on servers of its own
 * @param count tasks to begin with, or the servers that it runs on
 * @param spot whether it may be stopped at any time for a lower price
 * @param access whom it talks to
 * @param scaling how many there are later; empty: always as many
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PlannedService(
        String name,
        String image,
        boolean built,
        Optional<Integer> port,
        List<String> paths,
        List<String> hosts,
        String healthPath,
        Optional<HealthCheck> health,
        List<SecretTemplate> command,
        ContainerOptions container,
        int cpu,
        int memoryMib,
        int count,
        Optional<Scaling> scaling,
        boolean spot,
        PlannedAccess access) {
    public PlannedService {
        paths = List.copyOf(paths);
        hosts = List.copyOf(hosts);
        command = List.copyOf(command);
    }

    /** The same service beside itself, as it runs before the stores have turned, and uses those of the source. */
    public PlannedService forerunner() {
        return new PlannedService(
                forerunner(name),
                image,
                built,
                port,
                paths,
                hosts,
                healthPath,
                health,
                command,
                container,
                cpu,
                memoryMib,
                count,
                Optional.empty(),
                false,
                access);
    }

    /** The name under which it does. */
    public static String forerunner(String service) {
        return service + "-forerunner";
    }

    /** The tasks that nobody may stop: one of several, of those that may be stopped at any time; otherwise all. */
    public int steady() {
        return spot ? Math.min(count - 1, 1) : count;
    }
}
