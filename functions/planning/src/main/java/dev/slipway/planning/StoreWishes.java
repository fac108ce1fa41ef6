package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.DatabaseService;
import dev.slipway.migration.spec.StoreTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What slipway.yaml may ask of a store and AWS does not do, or not as the app may expect. */
final class StoreWishes {
    /** Beside the one that is written to. */
    private static final int MOST_READERS = 15;

    private static final int MOST_REPLICAS_OF_A_SHARD = 5;

    private final App app;
    private final Compute compute;
    private final List<Finding> findings = new ArrayList<>();

    private StoreWishes(App app, Compute compute) {
        this.app = app;
        this.compute = compute;
    }

    static List<Finding> of(App app, Compute compute, List<PlannedStore> stores) {
        StoreWishes wishes = new StoreWishes(app, compute);
        stores.stream().filter(store -> store.role() != StoreRole.LEAVE).forEach(store -> {
            wishes.elsewhere(store);
            wishes.readers(store);
            wishes.proxy(store);
            wishes.rotation(store);
            wishes.shards(store);
            wishes.eviction(store);
        });
        return wishes.findings;
    }

    private void elsewhere(PlannedStore store) {
        boolean copied = store.kind() == StoreKind.POSTGRES && store.options().service() == DatabaseService.RDS;
        if (store.options().backupRegion().isPresent() && !copied) {
            block(
                    store,
                    "only RDS keeps a copy of its automated backups in another region, " + store.target()
                            + " does not: leave 'backup.region' out" + instead(store));
        }
    }

    private static String instead(PlannedStore store) {
        return store.kind() == StoreKind.POSTGRES ? ", or write 'target: rds'" : "";
    }

    private void readers(PlannedStore store) {
        int readers = store.standbys() + store.options().replicas();
        switch (store.kind()) {
            case POSTGRES -> {
                if (store.options().service() == DatabaseService.AURORA && readers > MOST_READERS) {
                    block(store, "a cluster of Aurora has at most " + MOST_READERS + " readers, not " + readers);
                }
            }
            case REDIS -> {
                if (readers > MOST_REPLICAS_OF_A_SHARD) {
                    block(
                            store,
                            "ElastiCache has at most " + MOST_REPLICAS_OF_A_SHARD + " replicas of a shard, not "
                                    + readers);
                }
            }
            case OBJECTS -> withoutEffect(store, "replicas", readers > 0);
        }
    }

    private void proxy(PlannedStore store) {
        StoreTarget options = store.options();
        if (store.kind() != StoreKind.POSTGRES) {
            withoutEffect(store, "proxy", options.proxy());
            return;
        }
        if (options.proxy()) {
            warn(
                    store,
                    "RDS Proxy passes no 'options' of a connection on, and gives a session that says SET (Prisma's schema=) or"
                            + " prepares statements a connection of its own");
        }
    }

    private void rotation(PlannedStore store) {
        if (store.kind() != StoreKind.POSTGRES) {
            withoutEffect(store, "rotation", store.options().rotates());
        } else if (store.options().rotates()) {
            warn(
                    store,
                    "with 'rotation' the app's login is no master: what only that may do, such as making some extensions, the app"
                            + " may not");
            if (compute != Compute.FARGATE) {
                warn(
                        store,
                        "the machine 'rotation' deploys services on Fargate anew and no others: take the turns of these logins by"
                                + " hand, as docs/target.md says");
            }
        }
    }

    private void shards(PlannedStore store) {
        if (store.kind() != StoreKind.REDIS) {
            withoutEffect(store, "shards", store.options().shards() > 0);
            return;
        }
        if (store.options().shards() == 0) {
            return;
        }
        QueueLibrary.of(app)
                .ifPresent(library -> warn(
                        store,
                        library.name() + " (" + library.service()
                                + ") uses several keys at once, which shards refuse: give its keys one hash tag, or leave"
                                + " 'shards' out"));
        warn(store, "with shards the app's clients have to speak Redis Cluster, and there is no database but 0");
    }

    private void eviction(PlannedStore store) {
        if (store.role() != StoreRole.RECORD || store.kind() != StoreKind.REDIS) {
            return;
        }
        source(store)
                .flatMap(source -> CacheParameters.eviction(app, source))
                .filter(policy -> !policy.equals(CacheParameters.NEVER))
                .ifPresent(policy -> warn(
                        store,
                        "it drops keys when it is full (" + policy
                                + ") and is planned as a record, which drops none: say"
                                + " 'role: cache' if it may lose them"));
    }

    private Optional<AppStore> source(PlannedStore store) {
        return app.stores().stream()
                .filter(source -> source.name().equals(store.name()))
                .findFirst();
    }

    private void withoutEffect(PlannedStore store, String key, boolean said) {
        if (said) {
            warn(store, "'" + key + "' has no effect: it becomes " + store.target());
        }
    }

    private void warn(PlannedStore store, String message) {
        findings.add(Finding.warning("store " + store.name(), message));
    }

    private void block(PlannedStore store, String message) {
        findings.add(Finding.blocker("store " + store.name(), message));
    }
}
