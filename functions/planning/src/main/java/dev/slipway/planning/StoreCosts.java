package dev.slipway.planning;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Spec;
import java.math.BigDecimal;
import java.util.List;

/** Prices the stores by what takes their place. */
final class StoreCosts {
    private static final String BUCKET = "Amazon S3";

    private final Spec spec;
    private final List<PlannedResource> resources;
    private final CostLines lines;

    StoreCosts(Spec spec, List<PlannedResource> resources, CostLines lines) {
        this.spec = spec;
        this.resources = resources;
        this.lines = lines;
    }

    void add(List<PlannedStore> stores) {
        stores.stream().filter(store -> store.role() != StoreRole.LEAVE).forEach(this::add);
    }

    private void add(PlannedStore store) {
        switch (store.kind()) {
            case POSTGRES -> database(store);
            case REDIS -> {
                String engine = store.target().contains("Valkey") ? "valkey" : "redis";
                lines.cache(
                        store.name() + ": " + store.target(),
                        engine,
                        store.instance(),
                        Sizing.cacheNodes(spec.target().size()));
            }
            case OBJECTS -> bucket(store);
        }
    }

    private void database(PlannedStore store) {
        int copies = Sizing.standby(spec.target().size()) ? 2 : 1;
        String item = store.name() + ": " + store.target();
        if (store.target().contains("Aurora")) {
            lines.aurora(item, store.instance(), Math.max(copies, instances(store)));
            lines.auroraStorage(
                    store.name() + ": storage", StoreSize.of(store, spec).gb());
            lines.auroraRequests(
                    store.name() + ": requests of storage",
                    Sizing.auroraMillions(spec.target().size()));
        } else {
            lines.database(item, store.instance(), copies);
            lines.databaseStorage(store.name() + ": storage", "gp3", store.storageGb(), copies);
        }
    }

    /** The instances of a cluster, where the plan lists each. */
    private int instances(PlannedStore store) {
        return (int) resources.stream()
                .filter(resource -> resource.type().equals("AWS::RDS::DBInstance"))
                .map(PlannedResource::name)
                .filter(name -> name.equals(store.name()) || name.startsWith(store.name() + "-"))
                .count();
    }

    private void bucket(PlannedStore store) {
        BigDecimal gb = StoreSize.of(store, spec).gb();
        lines.add(BUCKET, store.name() + ": Amazon S3", "s3.gb", gb);
        lines.add(BUCKET, store.name() + ": requests that write", "s3.put", gb);
        lines.add(BUCKET, store.name() + ": requests that read", "s3.get", gb.multiply(BigDecimal.TEN));
    }
}
