package dev.slipway.steps;

import dev.slipway.migration.plan.PlannedService;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a turn has done to the services of an app, on its way or on its way back.
 *
 * @param earlierTasks ARNs of those that ran when it began: they may have the other login
 * @param services by their names in the plan
 */
public record Redeployment(List<String> earlierTasks, Map<String, Deployed> services) {
    public Redeployment {
        earlierTasks = List.copyOf(earlierTasks);
        services = Map.copyOf(services);
    }

    Deployed of(PlannedService service) {
        return Objects.requireNonNull(services.get(service.name()), service.name());
    }

    /**
     * Ids of deployments.
     *
     * @param before the one that there was
     * @param own the one that was begun in its place
     */
    public record Deployed(String before, String own) {}
}
