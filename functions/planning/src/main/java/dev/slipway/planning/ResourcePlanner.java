package dev.slipway.planning;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;

/** Lists what will be made on the target. */
final class ResourcePlanner {
    private final List<PlannedResource> resources = new ArrayList<>();

    private ResourcePlanner() {}

    static List<PlannedResource> plan(App app, Spec spec, List<PlannedStore> stores, List<PlannedService> services) {
        ResourcePlanner planner = new ResourcePlanner();
        planner.add("AWS::EC2::VPC", app.name(), "the compose file's networks");
        stores.stream().filter(store -> store.role() != StoreRole.LEAVE).forEach(planner::store);
        if (!services.isEmpty()) {
            planner.services(app, spec, services);
        }
        return planner.resources;
    }

    private void store(PlannedStore store) {
        switch (store.kind()) {
            case POSTGRES -> add("AWS::RDS::DBInstance", store.name(), "service " + store.name());
            case REDIS -> add("AWS::ElastiCache::ReplicationGroup", store.name(), "service " + store.name());
            case OBJECTS -> add("AWS::S3::Bucket", store.name(), store.engine() + " " + store.name());
        }
    }

    private void services(App app, Spec spec, List<PlannedService> services) {
        add("AWS::ECS::Cluster", app.name(), "the Docker host");
        add("AWS::ServiceDiscovery::PrivateDnsNamespace", CloudMap.namespace(app.name()), "names of containers");
        add("AWS::SecretsManager::Secret", ParameterNames.secret(app), "secrets in .env and in environment");
        for (PlannedService service : services) {
            add("AWS::ECS::Service", service.name(), "service " + service.name());
            add("AWS::ECS::TaskDefinition", service.name(), "service " + service.name());
            add("AWS::Logs::LogGroup", service.name(), "logs of service " + service.name());
            if (!service.paths().isEmpty()) {
                add("AWS::ElasticLoadBalancingV2::TargetGroup", service.name(), "ports of service " + service.name());
            }
        }
        if (services.stream().anyMatch(service -> !service.paths().isEmpty())) {
            add("AWS::ElasticLoadBalancingV2::LoadBalancer", app.name(), "published ports");
        }
        spec.traffic()
                .record()
                .ifPresent(
                        record -> add("AWS::Route53::RecordSet", record, "weighted beside the record of the old side"));
    }

    private void add(String type, String name, String from) {
        resources.add(new PlannedResource(type, name, from));
    }
}
