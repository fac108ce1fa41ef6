package dev.slipway.migration.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.exception.PlanBlocked;
import dev.slipway.migration.spec.Delivery;
import dev.slipway.migration.spec.Repository;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.migration.spec.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that will be done, lost and paid. It holds no secret's value, so it may be written anywhere.
 *
 * @param secret name of the Secrets Manager secret that holds the app's uploaded secrets
 * @param strategyReason why that strategy
 * @param mapping what takes the place of each part, in the order of the app's own files
 * @param jobs what runs once or by a schedule
 * @param delivery what builds and deploys the app's next versions
 * @param environment every variable of every service, changed or not
 * @param kept keys of the compose file that mean the same on the target
 * @param changed keys that are expressed in another way
 * @param lost keys that have no meaning on the target
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Plan(
        String app,
        String secret,
        Target target,
        Strategy strategy,
        String strategyReason,
        List<PlannedMapping> mapping,
        List<PlannedResource> resources,
        List<PlannedService> services,
        List<PlannedJob> jobs,
        List<PlannedStore> stores,
        List<PlannedVariable> environment,
        PlannedTraffic traffic,
        PlannedCutover cutover,
        boolean approval,
        Optional<String> schemaCommand,
        Delivery delivery,
        Optional<Repository> repository,
        List<String> notified,
        Cost cost,
        List<KeyFate> kept,
        List<KeyFate> changed,
        List<KeyFate> lost,
        List<Finding> warnings,
        List<Finding> blockers) {
    public Plan {
        mapping = List.copyOf(mapping);
        resources = List.copyOf(resources);
        services = List.copyOf(services);
        jobs = List.copyOf(jobs);
        stores = List.copyOf(stores);
        environment = List.copyOf(environment);
        notified = List.copyOf(notified);
        kept = List.copyOf(kept);
        changed = List.copyOf(changed);
        lost = List.copyOf(lost);
        warnings = List.copyOf(warnings);
        blockers = List.copyOf(blockers);
    }

    /** The store of that name. */
    public Optional<PlannedStore> store(String name) {
        return stores.stream().filter(store -> store.name().equals(name)).findFirst();
    }

    /** The stores that are copied. */
    public List<PlannedStore> copied() {
        return stores.stream()
                .filter(store -> store.role() == StoreRole.RECORD)
                .filter(store -> store.sourceUrl().isPresent())
                .toList();
    }

    /** The variables of one service. */
    public List<PlannedVariable> environmentOf(String service) {
        return environment.stream()
                .filter(variable -> variable.service().equals(service))
                .toList();
    }

    /** Whether the app's files build the image of that service or job, whether or not they name it, too. */
    public boolean builds(String service) {
        return changed.stream()
                .anyMatch(fate -> fate.key().equals("build") && fate.service().equals(service));
    }

    /** What leads to which service on the load balancer; the first that matches counts, so the most specific stands first. */
    public List<Route> routes() {
        return services.stream()
                .flatMap(service -> service.paths().stream().map(path -> new Route(path, service.name())))
                .sorted(Comparator.<Route>comparingInt(route -> -route.path().length())
                        .thenComparing(Route::path))
                .toList();
    }

    /** A path pattern and the service behind it. */
    public record Route(String path, String service) {}

    /** Whether the targets follow their sources, so that writes pause for seconds. */
    @JsonIgnore
    public boolean isLive() {
        return strategy != Strategy.FREEZE;
    }

    /** Whether the traffic comes over before the writes do, to services that use the stores of the source. */
    @JsonIgnore
    public boolean isComputeFirst() {
        return strategy == Strategy.COMPUTE_FIRST;
    }

    /** Those of the services that run twice until the stores have turned: whatever is asked for something. What asks on its own stays. */
    public List<PlannedService> doubled() {
        return isComputeFirst()
                ? services.stream()
                        .filter(service -> service.port().isPresent())
                        .toList()
                : List.of();
    }

    @JsonIgnore
    public boolean isBlocked() {
        return !blockers.isEmpty();
    }

    /** @throws PlanBlocked if there is a blocker, naming each */
    public void requireUnblocked() {
        if (isBlocked()) {
            throw new PlanBlocked(
                    "plan the migration of " + app,
                    blockers.stream()
                            .map(blocker -> blocker.subject() + ": " + blocker.message())
                            .collect(Collectors.joining("; ")),
                    "resolve this in docker-compose.yml or slipway.yaml and upload the app again");
        }
    }
}
