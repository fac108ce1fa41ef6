package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.DatabaseService;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Postgres store on RDS or Aurora, with whatever reads along and the proxy before it. */
record TargetPostgres(TargetSpec spec, PlannedStore store) {
    /** Outputs that name the secrets of the app's logins, where it has two by turns. */
    static final List<String> LOGINS = List.of("Login1SecretArn", "Login2SecretArn");

    private static final int PORT = 5432;

    void addTo(Template template) {
        template.add(Blueprint.named("postgres")
                .place(
                        prefix(),
                        Map.of(
                                "App",
                                spec.plan().app(),
                                "Store",
                                store.name(),
                                "Vpc",
                                TargetNetwork.VPC,
                                "Subnets",
                                subnets(),
                                "Database",
                                store.database())));
        if (store.options().rotates()) {
            template.add(Blueprint.named("postgres-logins")
                    .place(prefix(), Map.of("App", spec.plan().app(), "Store", store.name())));
        }
        switch (store.options().service()) {
            case RDS -> addInstances(template);
            case AURORA -> addCluster(template);
        }
        TargetAccess access = new TargetAccess(spec);
        if (store.options().proxy()) {
            template.add(proxy());
            access.addServices(template, prefix() + "Proxy", PORT);
            access.addClients(template, prefix(), PORT);
        } else {
            access.addStore(template, prefix(), PORT);
        }
    }

    private void addInstances(Template template) {
        Map<String, Object> values = values("postgres");
        values.put("StorageGb", Integer.toString(store.storageGb()));
        values.put("MultiAz", store.standbys() > 0);
        Piece instance = Blueprint.named("postgres-rds").place(prefix(), values);
        if (store.mostStorageGb() > 0) {
            instance.with("Instance", "MaxAllocatedStorage", store.mostStorageGb());
        }
        store.options()
                .backupRegion()
                .ifPresent(region -> instance.with("Instance", "AutomaticBackupReplicationRegion", region)
                        .with("Instance", "AutomaticBackupReplicationRetentionPeriod", store.backupDays())
                        .with("Instance", "AutomaticBackupReplicationKmsKeyId", usualKey(region)));
        template.add(instance);
        for (int replica = 1; replica <= store.options().replicas(); replica++) {
            template.add(Blueprint.named("postgres-replica")
                    .place(
                            prefix() + "Replica" + replica,
                            Map.of(
                                    "Source", Intrinsic.ref(prefix() + "Instance"),
                                    "InstanceClass", store.instance(),
                                    "Parameters", Intrinsic.ref(prefix() + "Parameters"),
                                    "SecurityGroup", group())));
        }
    }

    /** What is encrypted is encrypted there, too, and RDS chooses no key by itself. */
    private static Object usualKey(String region) {
        return Intrinsic.function(
                Intrinsic.SUB, "arn:${AWS::Partition}:kms:" + region + ":${AWS::AccountId}:alias/aws/rds");
    }

    private void addCluster(Template template) {
        template.add(Blueprint.named("postgres-aurora").place(prefix(), values("aurora-postgresql")));
        for (int reader = 1; reader <= store.standbys() + store.options().replicas(); reader++) {
            template.add(Blueprint.named("postgres-reader")
                    .place(
                            prefix() + "Reader" + reader,
                            Map.of("Cluster", Intrinsic.ref(prefix() + "Cluster"), "InstanceClass", store.instance()))
                    // The first instance of a cluster is its writer.
                    .after("Instance", List.of(prefix() + "Writer")));
        }
    }

    private Map<String, Object> values(String family) {
        Map<String, Object> values = new HashMap<>();
        values.put("Store", store.name());
        values.put("Version", store.targetVersion());
        values.put("Family", family + store.targetVersion().split("\\.", 2)[0]);
        values.put("InstanceClass", store.instance());
        values.put("Database", store.database());
        values.put("BackupDays", store.backupDays());
        values.put("Secret", Intrinsic.ref(prefix() + "Secret"));
        values.put("SecurityGroup", group());
        values.put("SubnetGroup", Intrinsic.ref(prefix() + "SubnetGroup"));
        return values;
    }

    private Piece proxy() {
        Piece proxy = Blueprint.named("postgres-proxy")
                .place(
                        prefix(),
                        Map.of(
                                "Store", store.name(),
                                "Identifier", TargetStores.identifier(store.name()),
                                "Vpc", TargetNetwork.VPC,
                                "Subnets", subnets(),
                                "StoreSecurityGroup", group(),
                                "Secrets", secrets()))
                .with(
                        "Proxy",
                        "Auth",
                        secrets().stream().map(TargetPostgres::login).toList());
        return store.options().service() == DatabaseService.AURORA
                ? proxy.with("ProxyTargetGroup", "DBClusterIdentifiers", List.of(Intrinsic.ref(prefix() + "Cluster")))
                        .after("ProxyTargetGroup", List.of(prefix() + "Writer"))
                : proxy.with(
                        "ProxyTargetGroup", "DBInstanceIdentifiers", List.of(Intrinsic.ref(prefix() + "Instance")));
    }

    /** Of the logins that the app comes by. */
    private List<Object> secrets() {
        return store.options().rotates()
                ? List.of(Intrinsic.ref(prefix() + "Login1"), Intrinsic.ref(prefix() + "Login2"))
                : List.of(Intrinsic.ref(prefix() + "Secret"));
    }

    private static Map<String, Object> login(Object secret) {
        Map<String, Object> login = new LinkedHashMap<>();
        login.put("AuthScheme", "SECRETS");
        login.put("SecretArn", secret);
        login.put("ClientPasswordAuthType", "POSTGRES_SCRAM_SHA_256");
        login.put("IAMAuth", "DISABLED");
        return login;
    }

    private Object group() {
        return Intrinsic.attribute(prefix() + "SecurityGroup.GroupId");
    }

    private static List<Object> subnets() {
        return TargetNetwork.subnets("StoresSubnet");
    }

    private String prefix() {
        return TargetStores.prefix(store);
    }
}
