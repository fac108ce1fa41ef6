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
                new PlannedMapping(
                        from(store),
                        store.hasCdn() ? "Amazon S3, with Amazon CloudFront before it" : "Amazon S3",
                        bucketNote(store));
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
        return store.options().proxy() ? store.target() + ", behind Amazon RDS Proxy" : store.target();
    }

    private String databaseNote(PlannedStore store) {
        boolean poc = spec.target().size() == Size.POC;
        boolean aurora = store.options().service() == DatabaseService.AURORA;
        String standby = aurora
                ? poc ? "one instance; the storage is in three zones" : "Multi-AZ: a reader in another zone takes over"
                : poc ? "Single-AZ in size poc" : "Multi-AZ: a standby in another zone takes over";
        String proxy = store.options().proxy() ? "; the proxy keeps the connections of many tasks together" : "";
        return "managed database, " + store.instance() + ", private subnets; " + standby + "; schemas stay as they are"
                + proxy;
    }

    private String cacheNote(PlannedStore store) {
        int nodes = 1 + store.standbys() + store.options().replicas();
        String failover = nodes == 1 ? "one node" : nodes + " nodes, Multi-AZ: a replica takes over";
        return "managed cache, " + store.instance() + ", " + failover + "; " + clusterMode(store);
    }

    private String clusterMode(PlannedStore store) {
        if (store.options().shards() > 0) {
            return "cluster mode with " + store.options().shards() + " shards of so many, as stores." + store.name()
                    + ".shards asks";
        }
        return queue.map(library -> "cluster mode off, because " + library.name() + " (" + library.service()
                        + ") uses several keys at once")
                .orElse("cluster mode off: several databases and commands over several keys work as before");
    }

    private static String bucketNote(PlannedStore store) {
        String readers = store.hasCdn()
                ? "CloudFront reads it by origin access control, services by their role"
                : "services read it by their role";
        return "private bucket: " + readers + "; never public-read"
                + (store.engine().equals("folder") ? "; the folder's files become objects" : "");
    }
}
