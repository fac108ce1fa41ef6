package dev.slipway.planning;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.plan.PlannedMapping;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.DatabaseService;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.Spec;
import java.util.Optional;

/** Says what takes the place of a store, and why that. */
final class StoreMapping {
    private final Spec spec;
    private final Products products;
    private final Optional<QueueLibrary> queue;

    StoreMapping(App app, Spec spec, Products products) {
        this.spec = spec;
        this.products = products;
        this.queue = QueueLibrary.of(app);
    }

    PlannedMapping of(PlannedStore store) {
        if (store.role() == StoreRole.LEAVE) {
            return new PlannedMapping(from(store), "stays where it is", "by stores." + store.name() + ".role");
        }
        return switch (store.kind()) {
            case POSTGRES -> new PlannedMapping(from(store), database(store), databaseNote(store));
            case REDIS -> new PlannedMapping(from(store), store.target(), cacheNote(store));
            case OBJECTS ->
                new PlannedMapping(from(store), "Amazon S3, with Amazon CloudFront before it", bucketNote(store));
        };
    }

    private String from(PlannedStore store) {
        if (store.engine().equals("folder")) {
            return "folder " + store.name();
        }
        String label =
                products.named(store.engine()).map(Products.Product::label).orElse(store.engine());
        return label + " (" + store.name() + ")";
    }

    private String database(PlannedStore store) {
        return spec.store(store.name()).proxy() ? store.target() + ", behind Amazon RDS Proxy" : store.target();
    }

    private String databaseNote(PlannedStore store) {
        boolean poc = spec.target().size() == Size.POC;
        boolean aurora = spec.store(store.name()).target() == DatabaseService.AURORA;
        String standby = aurora
                ? poc ? "one instance; the storage is in three zones" : "Multi-AZ: a reader in another zone takes over"
                : poc ? "Single-AZ in size poc" : "Multi-AZ: a standby in another zone takes over";
        String proxy =
                spec.store(store.name()).proxy() ? "; the proxy keeps the connections of many tasks together" : "";
        return "managed database, " + store.instance() + ", private subnets; " + standby + "; schemas stay as they are"
                + proxy;
    }

    private String cacheNote(PlannedStore store) {
        int nodes = Sizing.cacheNodes(spec.target().size());
        String failover = nodes == 1 ? "one node" : nodes + " nodes, Multi-AZ: a replica takes over";
        return "managed cache, " + store.instance() + ", " + failover + "; " + clusterMode();
    }

    private String clusterMode() {
        return queue.map(library -> "cluster mode off, because " + library.name() + " (" + library.service()
                        + ") uses several keys at once")
                .orElse("cluster mode off: several databases and commands over several keys work as before");
    }

    private static String bucketNote(PlannedStore store) {
        return "private bucket: CloudFront reads it by origin access control, services by their role; never public-read"
                + (store.engine().equals("folder") ? "; the folder's files become objects" : "");
    }
}
