package dev.slipway.steps;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import java.util.Comparator;
import java.util.List;

/** What of a plan the workers have to do with. */
final class PlannedWork {
    private PlannedWork() {}

    /** The names of the stores that are copied, databases first: in this order their fences go up. */
    static List<String> stores(Plan plan) {
        return plan.stores().stream()
                .filter(store -> store.role() == StoreRole.RECORD)
                .filter(store -> store.sourceUrl().isPresent())
                .sorted(Comparator.comparing(PlannedStore::kind))
                .map(PlannedStore::name)
                .toList();
    }
}
