package dev.slipway.blueprints;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.PlannedStore;
import java.util.HashMap;
import java.util.Map;

/** A Redis store on ElastiCache, in one piece or in shards. */
record TargetRedis(TargetSpec spec, PlannedStore store) {
    private static final int PORT = 6379;

    void addTo(Template template) {
        template.add(basis());
        template.add(store.options().shards() > 0 ? cluster() : group());
        new TargetAccess(spec).addStore(template, prefix(), PORT);
    }

    private Piece basis() {
        Piece basis = Blueprint.named("redis")
                .place(
                        prefix(),
                        Map.of(
                                "App",
                                spec.plan().app(),
                                "Store",
                                store.name(),
                                "Identifier",
                                TargetStores.identifier(store.name()),
                                "Vpc",
                                TargetNetwork.VPC,
                                "Subnets",
                                TargetNetwork.subnets("StoresSubnet"),
                                "Family",
                                engine() + store.targetVersion().split("\\.", 2)[0],
                                "ClusterEnabled",
                                store.options().shards() > 0 ? "yes" : "no",
                                "Scheme",
                                spec.encryptedCache() ? "rediss" : "redis",
                                "AppAccess",
                                store.role() == StoreRole.RECORD ? CacheAccess.READ : CacheAccess.WRITE));
        Blueprint.mapping(basis.properties("Parameters").get("Properties")).putAll(store.parameters());
        return basis;
    }

    private Piece group() {
        Map<String, Object> values = values();
        values.put("Nodes", 1 + replicas());
        values.put("Failover", replicas() > 0);
        return Blueprint.named("redis-group").place(prefix(), values);
    }

    private Piece cluster() {
        Map<String, Object> values = values();
        values.put("Shards", store.options().shards());
        values.put("Replicas", replicas());
        values.put("MultiAz", replicas() > 0);
        return Blueprint.named("redis-cluster").place(prefix(), values);
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("Store", store.name());
        values.put("Engine", engine());
        values.put("Version", store.targetVersion());
        values.put("NodeType", store.instance());
        values.put("Encrypted", spec.encryptedCache());
        values.put("BackupDays", store.backupDays());
        values.put("SubnetGroup", Intrinsic.ref(prefix() + "SubnetGroup"));
        values.put("Parameters", Intrinsic.ref(prefix() + "Parameters"));
        values.put("SecurityGroup", Intrinsic.attribute(prefix() + "SecurityGroup.GroupId"));
        values.put("Users", Intrinsic.ref(prefix() + "Users"));
        values.put("SlowLog", Intrinsic.ref(prefix() + "SlowLog"));
        return values;
    }

    private int replicas() {
        return store.standbys() + store.options().replicas();
    }

    private String engine() {
        return store.target().contains("Valkey") ? "valkey" : "redis";
    }

    private String prefix() {
        return TargetStores.prefix(store);
    }
}
