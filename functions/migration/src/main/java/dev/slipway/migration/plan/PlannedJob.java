package dev.slipway.migration.plan;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.slipway.migration.app.SecretTemplate;
import java.util.List;
import java.util.Optional;

/**
 * A task that is run and ends. Its environment is in {@link Plan#environment()}.
 *
 * @param command what overrides the image's own; empty: nothing
 * @param cpu units of 1/1024 processor, a size that Fargate offers
 * @param memoryMib a size that Fargate offers with that cpu
 * @param schedule as EventBridge Scheduler writes it; empty: it is run once, before the services start
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PlannedJob(
        String name, String image, List<SecretTemplate> command, int cpu, int memoryMib, Optional<String> schedule) {
    public PlannedJob {
        command = List.copyOf(command);
    }
}
