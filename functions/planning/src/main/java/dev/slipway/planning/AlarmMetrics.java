package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Size;
import java.util.List;

/** How many metrics the alarms of a target look at, which is what CloudWatch charges: see the blueprints {@code alarms-*.yaml}. */
record AlarmMetrics(List<PlannedResource> resources, List<PlannedStore> stores, Size size) {

    int count() {
        int balancers = count("AWS::ElasticLoadBalancingV2::LoadBalancer");
        return count("AWS::ElasticLoadBalancingV2::TargetGroup")
                + 2 * balancers
                + count("AWS::ECS::Service") * (isPoc() ? 1 : 2)
                + 2 * count("AWS::EC2::Instance")
                + ofLogs(balancers)
                + ofExperiments(balancers)
                + ofDatabases()
                + ofCaches();
    }

    /** Failed logins, and errors beside the requests that they are held against. */
    private int ofLogs(int balancers) {
        return count("AWS::ECS::TaskDefinition") == 0 ? 0 : 2 + balancers;
    }

    /** What ends them. */
    private int ofExperiments(int balancers) {
        return count("AWS::FIS::ExperimentTemplate") == 0 ? 0 : 2 * balancers;
    }

    private int ofDatabases() {
        int instances = count("AWS::RDS::DBInstance");
        int clusters = count("AWS::RDS::DBCluster");
        if (isPoc()) {
            return 2 * instances;
        }
        int disks = moved(StoreKind.POSTGRES) - clusters;
        int replicas = stores.stream()
                .filter(store -> store.kind() == StoreKind.POSTGRES && store.role() != StoreRole.LEAVE)
                .filter(store -> store.storageGb() > 0)
                .mapToInt(store -> store.options().replicas())
                .sum();
        return 3 * instances + disks + replicas + clusters;
    }

    private int ofCaches() {
        return stores.stream()
                .filter(store -> store.kind() == StoreKind.REDIS && store.role() != StoreRole.LEAVE)
                .mapToInt(store -> nodes(store) * (store.role() == StoreRole.RECORD && !isPoc() ? 3 : 2))
                .sum();
    }

    private int nodes(PlannedStore store) {
        return Math.max(1, store.options().shards()) * (isPoc() ? 1 : 2);
    }

    private int moved(StoreKind kind) {
        return (int) stores.stream()
                .filter(store -> store.kind() == kind && store.role() != StoreRole.LEAVE)
                .count();
    }

    private int count(String type) {
        return (int) resources.stream()
                .filter(resource -> resource.type().equals(type))
                .count();
    }

    private boolean isPoc() {
        return size == Size.POC;
    }
}
