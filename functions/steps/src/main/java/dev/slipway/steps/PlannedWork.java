package dev.slipway.steps;

import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import java.util.Comparator;
import java.util.List;

/** What of a plan the workers have to do with. */
public final class PlannedWork {
    private PlannedWork() {}

    /** A store that is copied, and how many workers copy it at once. */
    public record Store(String name, int workers) {
        static Store of(PlannedStore store) {
            return new Store(store.name(), store.pace().workers());
        }
    }

    /** Whether the target has repositories for images that come from registries. */
    static boolean copiesImages(Plan plan, TargetOutputs target) {
        return plan.services().stream()
                .filter(service -> !service.built())
                .anyMatch(service -> target.values().containsKey(LogicalName.of(service.name()) + "RepositoryUri"));
    }

    /** The stores that are copied, databases first: in this order their fences go up. */
    static List<Store> stores(Plan plan) {
        return plan.copied().stream()
                .sorted(Comparator.comparing(PlannedStore::kind))
                .map(Store::of)
                .toList();
    }
}
