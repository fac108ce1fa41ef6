package dev.slipway.planning;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.DatabaseService;
import dev.slipway.migration.spec.Spec;
import java.math.BigDecimal;
import java.util.List;

/** Prices the stores by what takes their place. */
final class StoreCosts {
    private static final String BUCKET = "Amazon S3";
    private static final int DAYS_OF_A_MONTH = 30;

    /** Of every instance that {@link Sizing} chooses. */
    private static final int VCPUS = 2;

    private final Spec spec;
    private final CostLines lines;

    StoreCosts(Spec spec, CostLines lines) {
        this.spec = spec;
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
                int shards = Math.max(1, store.options().shards());
                lines.cache(store.name() + ": " + store.target(), engine, store.instance(), shards * copies(store));
                backups(store);
            }
            case OBJECTS -> bucket(store);
        }
    }

    private void database(PlannedStore store) {
        String item = store.name() + ": " + store.target();
        if (store.options().service() == DatabaseService.AURORA) {
            lines.aurora(item, store.instance(), copies(store));
            lines.auroraStorage(
                    store.name() + ": storage", StoreSize.of(store, spec).gb());
            lines.auroraRequests(
                    store.name() + ": requests of storage",
                    Sizing.auroraMillions(spec.target().size()));
        } else {
            int copies = 1 + store.standbys();
            lines.database(item, store.instance(), copies);
            lines.databaseStorage(store.name() + ": storage", "gp3", store.storageGb(), copies);
            replicas(store);
            store.options().backupRegion().ifPresent(region -> backupsIn(region, store));
        }
        if (store.options().proxy()) {
            lines.add(
                    CostLines.RDS,
                    store.name() + ": Amazon RDS Proxy",
                    "rds.proxy.vcpu-hour",
                    BigDecimal.valueOf((long) VCPUS * behindProxy(store)));
        }
    }

    private void replicas(PlannedStore store) {
        int replicas = store.options().replicas();
        if (replicas > 0) {
            lines.database(store.name() + ": read replicas", store.instance(), replicas);
            lines.databaseStorage(store.name() + ": storage of read replicas", "gp3", store.storageGb(), replicas);
        }
    }

    /** What is in the database once, and each day's changes are taken to be a hundredth of it. */
    private void backupsIn(String region, PlannedStore store) {
        BigDecimal gb = StoreSize.of(store, spec).gb();
        BigDecimal changes = gb.multiply(BigDecimal.valueOf(store.backupDays())).movePointLeft(2);
        lines.add(CostLines.RDS, store.name() + ": backups in " + region, "rds.backup-gb", gb.add(changes));
        lines.add(
                CostLines.RDS,
                store.name() + ": backups on their way to " + region,
                "transfer.regions-gb",
                gb.multiply(BigDecimal.valueOf(DAYS_OF_A_MONTH)).movePointLeft(2));
    }

    /** The first is free. */
    private void backups(PlannedStore store) {
        BigDecimal gb = StoreSize.of(store, spec).gb();
        lines.add(
                CostLines.ELASTICACHE,
                store.name() + ": backups",
                "cache.backup-gb",
                gb.multiply(BigDecimal.valueOf(Math.max(0, store.backupDays() - 1))));
    }

    /** Servers that each have all of it, or of a shard. */
    private static int copies(PlannedStore store) {
        return 1 + store.standbys() + store.options().replicas();
    }

    /** A standby and a replica of RDS are not reached through it, an instance of Aurora is. */
    private static int behindProxy(PlannedStore store) {
        return store.options().service() == DatabaseService.AURORA ? copies(store) : 1;
    }

    private void bucket(PlannedStore store) {
        BigDecimal gb = StoreSize.of(store, spec).gb();
        lines.add(BUCKET, store.name() + ": Amazon S3", "s3.gb", gb);
        lines.add(BUCKET, store.name() + ": requests that write", "s3.put", gb);
        lines.add(BUCKET, store.name() + ": requests that read", "s3.get", gb.multiply(BigDecimal.TEN));
    }
}
