package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Experiments of AWS Fault Injection Service, where the app had a proxy that rehearsed losses. */
record TargetExperiments(TargetSpec spec) {

    /** Comes after all that it experiments with. */
    void addTo(Template template) {
        // What users see of an experiment ends it, and they come by the load balancer.
        if (!spec.asksFor("AWS::FIS::ExperimentTemplate")
                || !spec.asksFor("AWS::ElasticLoadBalancingV2::LoadBalancer")) {
            return;
        }
        template.add(shared());
        template.named("AWS::RDS::DBInstance").forEach(instance -> instance(template, instance));
        template.named("AWS::RDS::DBCluster")
                .forEach(
                        cluster -> add(template, "aurora", cluster, Map.of("DatabaseCluster", Intrinsic.ref(cluster))));
        if (spec.plan().target().network().existing().isEmpty()) {
            // The template does not know the zones of somebody else's subnets.
            Object zone = Intrinsic.attribute("ZoneAStoresSubnet.AvailabilityZone");
            template.named("AWS::ElastiCache::ReplicationGroup")
                    .forEach(group ->
                            add(template, "cache", group, Map.of("Group", Intrinsic.ref(group), "Zone", zone)));
        }
        if (spec.isOnCluster()) {
            template.add(Blueprint.named("experiment-entry")
                    .place(
                            "",
                            Map.of(
                                    "Cluster", Intrinsic.ref("Cluster"),
                                    "Role", Intrinsic.attribute("ExperimentRole.Arn"))));
        }
        spec.services().forEach(service -> services(template, service));
    }

    private Piece shared() {
        Piece shared = Blueprint.named("experiments")
                .place("", Map.of("LoadBalancer", Intrinsic.attribute("LoadBalancer.LoadBalancerFullName")));
        return spec.asksFor("AWS::SNS::Topic")
                ? shared.with("ExperimentStop", "AlarmActions", new Alerts(spec).actions())
                : shared;
    }

    /** Those of a cluster fail over with it. */
    private static void instance(Template template, String name) {
        Map<String, Object> properties = template.properties(name);
        if (!properties.containsKey("DBClusterIdentifier")) {
            String failover = Boolean.toString(Boolean.TRUE.equals(properties.get("MultiAZ")));
            add(template, "database", name, Map.of("Instance", Intrinsic.ref(name), "Failover", failover));
        }
    }

    private void services(Template template, PlannedService service) {
        String prefix = LogicalName.of(service.name());
        Object cluster = Intrinsic.ref("Cluster");
        if (!spec.isOnCluster()) {
            Object name = Intrinsic.attribute(prefix + "Service.Name");
            place(
                    template,
                    "tasks",
                    prefix,
                    Map.of("Service", service.name(), "ServiceName", name, "Cluster", cluster));
            return;
        }
        List<Object> hosts = service.access().stores().stream()
                .map(LogicalName::of)
                .map(store -> template.output(store + "ProxyHost").or(() -> template.output(store + "Host")))
                .flatMap(Optional::stream)
                .toList();
        if (!hosts.isEmpty()) {
            Object all = Intrinsic.function("Fn::Join", List.of(",", hosts));
            place(
                    template,
                    "pods",
                    prefix,
                    Map.of(
                            "Service",
                            service.name(),
                            "Namespace",
                            spec.plan().app(),
                            "Cluster",
                            cluster,
                            "Hosts",
                            all));
        }
    }

    private static void add(Template template, String kind, String resource, Map<String, Object> values) {
        Map<String, Object> named = new HashMap<>(values);
        named.put("Store", resource);
        place(template, kind, resource, named);
    }

    private static void place(Template template, String kind, String prefix, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("RoleName", Intrinsic.ref("ExperimentRole"));
        all.put("Role", Intrinsic.attribute("ExperimentRole.Arn"));
        all.put("Stop", Intrinsic.attribute("ExperimentStop.Arn"));
        template.add(Blueprint.named("experiment-" + kind).place(prefix, all));
    }
}
