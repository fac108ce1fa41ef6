package dev.slipway.planning;

import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.Spec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * How much is in a store: what {@code slipway.yaml} says, otherwise what the target's size stands for.
 *
 * @param said whether {@code slipway.yaml} says it
 */
record StoreSize(String store, long bytes, boolean said) {
    private static final long GB = 1_000_000_000;

    static StoreSize of(PlannedStore store, Spec spec) {
        return spec.store(store.name())
                .bytes()
                .map(bytes -> new StoreSize(store.name(), bytes, true))
                .orElseGet(() ->
                        new StoreSize(store.name(), assumed(store, spec.target().size()), false));
    }

    private static long assumed(PlannedStore store, Size size) {
        return switch (store.kind()) {
            case POSTGRES ->
                // Aurora is given no storage: it takes what it needs.
                (store.storageGb() > 0 ? store.storageGb() : Sizing.databaseStorageGb(size, Optional.empty())) * GB;
            case REDIS -> Sizing.cacheMb(size) * (GB / 1000);
            case OBJECTS -> Sizing.bucketGb(size) * GB;
        };
    }

    BigDecimal gb() {
        return BigDecimal.valueOf(bytes)
                .divide(BigDecimal.valueOf(GB), new MathContext(3))
                .stripTrailingZeros();
    }

    String inWords() {
        return gb().toPlainString() + " GB";
    }
}
