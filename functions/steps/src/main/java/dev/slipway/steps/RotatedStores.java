package dev.slipway.steps;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import java.util.List;

/** The databases of a plan that the app comes to by two logins in turn; one turn takes all of them. */
final class RotatedStores {
    private RotatedStores() {}

    static List<PlannedStore> of(Plan plan) {
        return plan.stores().stream()
                .filter(store -> store.kind() == StoreKind.POSTGRES)
                .filter(store -> store.role() != StoreRole.LEAVE)
                .filter(store -> store.options().rotates())
                .toList();
    }
}
