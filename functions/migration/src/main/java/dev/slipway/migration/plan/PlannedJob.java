package dev.slipway.migration.plan;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.slipway.migration.app.ContainerOptions;
import dev.slipway.migration.app.SecretTemplate;
import java.util.List;
import java.util.Optional;

/**
 * A task that is run and ends. Its environment is in {@link Plan#environment()}.
 *
 * @param built whether the app's own files build its image, so that no registry has it
 * @param command what overrides the image's own; empty: nothing
 * @param container how it runs beside that
 * @param cpu units of 1/1024 processor, a size that Fargate offers
 * @param memoryMib a size that Fargate offers with that cpu
 * @param schedule as EventBridge Scheduler writes it; empty: it is run once, before the services start
 * @param access whom it talks to
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PlannedJob(
        String name,
        String image,
        boolean built,
        List<SecretTemplate> command,
        ContainerOptions container,
        int cpu,
        int memoryMib,
        Optional<String> schedule,
        PlannedAccess access) {
    public PlannedJob {
        command = List.copyOf(command);
    }
}
