package dev.slipway.migration.plan;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.app.SecretTemplate;
import java.util.List;
import java.util.Optional;

/**
 * A service of the app as it will run on the target. Its environment is in {@link Plan#environment()}.
 *
 * @param port the port it listens on; empty for a worker
 * @param paths the load balancer's path patterns that lead to it, in the order of their priority; none: not public
 * @param hosts the names under which those paths are asked for; none: any
 * @param healthPath what the load balancer asks for
 * @param command what overrides the image's own; empty: nothing
 * @param cpu units of 1/1024 processor, a size that Fargate offers
 * @param memoryMib a size that Fargate offers with that cpu
 * @param count tasks to begin with
 * @param scaling how many there are later; empty: always as many
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PlannedService(
        String name,
        String image,
        Optional<Integer> port,
        List<String> paths,
        List<String> hosts,
        String healthPath,
        List<SecretTemplate> command,
        int cpu,
        int memoryMib,
        int count,
        Optional<Scaling> scaling) {
    public PlannedService {
        paths = List.copyOf(paths);
        hosts = List.copyOf(hosts);
        command = List.copyOf(command);
    }
}
