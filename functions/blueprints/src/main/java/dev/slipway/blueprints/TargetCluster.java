package dev.slipway.blueprints;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.TargetNames;
import java.util.Map;
import java.util.stream.Stream;

/** What runs, where it runs in a Kubernetes cluster: the cluster, and what the pods of each service may do in the account. */
record TargetCluster(TargetSpec spec) {
    /** The security group of all pods: in Auto Mode nodes are in the cluster's own, and in none of the services'. */
    private static final Object PODS = Intrinsic.attribute("Cluster.ClusterSecurityGroupId");

    private static final int POSTGRES_PORT = 5432;
    private static final int REDIS_PORT = 6379;

    void addTo(Template template) {
        String app = spec.plan().app();
        Object subnets = TargetNetwork.subnets("ServicesSubnet");
        template.add(Blueprint.named("eks").place("", Map.of("App", app, "Subnets", subnets)));
        template.add(
                Blueprint.named("secrets").place("", Map.of("App", app, "ExecutionRole", Intrinsic.ref("DeployRole"))));
        TargetTask.of(spec).stream()
                .filter(task -> task.hasRepository(spec))
                .forEach(task -> template.add(Blueprint.named("repository")
                        .place(task.prefix(), Map.of("Name", TargetNames.repository(app, task.name())))));
        spec.services().forEach(service -> addPods(template, service));
        addWays(template);
        // Auto Mode's own policy lets it register pods with groups that have this tag only.
        template.tagAll("AWS::ElasticLoadBalancingV2::TargetGroup", "eks:eks-cluster-name", Intrinsic.ref("Cluster"));
    }

    /** The manifests are applied to a namespace that is called as the app is, with a service account for each service. */
    private void addPods(Template template, PlannedService service) {
        String prefix = LogicalName.of(service.name());
        Object role = Intrinsic.ref(prefix + "PodRole");
        Piece pods = Blueprint.named("pods")
                .place(
                        prefix,
                        Map.of(
                                "Namespace", spec.plan().app(),
                                "Service", service.name(),
                                "Cluster", Intrinsic.ref("Cluster")));
        template.add(spec.asksFor("AWS::XRay::SamplingRule") ? pods : pods.without("TraceAccess"));
        if (spec.asksFor("AWS::APS::Workspace")) {
            template.add(Blueprint.named("pod-metrics")
                    .place(prefix, Map.of("PodRole", role, "Workspace", Intrinsic.attribute("Prometheus.Arn"))));
        }
        stores(StoreKind.OBJECTS).forEach(store -> {
            boolean writes = service.access().writes().contains(store.name());
            if (writes || service.access().stores().contains(store.name())) {
                template.add(bucket("bucket-read", prefix, role, store));
            }
            if (writes) {
                template.add(bucket("bucket-write", prefix, role, store));
            }
        });
    }

    private static Piece bucket(String blueprint, String prefix, Object role, PlannedStore store) {
        String bucket = LogicalName.of(store.name());
        return Blueprint.named(blueprint)
                .place(
                        prefix + bucket,
                        Map.of(
                                "Role",
                                role,
                                "Store",
                                store.name(),
                                "Bucket",
                                Intrinsic.attribute(bucket + "Bucket.Arn")));
    }

    /** From the load balancer to the pods, once for a port, because EC2 refuses a second rule like it, and from them to the stores. */
    private void addWays(Template template) {
        spec.services().stream()
                .filter(TargetSpec::isPublic)
                .flatMap(service -> service.port().stream())
                .distinct()
                .forEach(port -> template.add(access(
                        "LoadBalancerToPods" + port,
                        PODS,
                        Intrinsic.attribute("LoadBalancerSecurityGroup.GroupId"),
                        port,
                        "Load balancer")));
        stores(StoreKind.POSTGRES).forEach(store -> addStore(template, door(store), POSTGRES_PORT));
        stores(StoreKind.REDIS).forEach(store -> addStore(template, door(store), REDIS_PORT));
    }

    private static void addStore(Template template, String prefix, int port) {
        template.add(
                access(prefix + "FromPods", Intrinsic.attribute(prefix + "SecurityGroup.GroupId"), PODS, port, "Pods"));
    }

    /** What services ask in place of the store, where it has a proxy. */
    private static String door(PlannedStore store) {
        return TargetStores.prefix(store) + (store.options().proxy() ? "Proxy" : "");
    }

    private Stream<PlannedStore> stores(StoreKind kind) {
        return spec.stores().stream().filter(store -> store.kind() == kind);
    }

    private static Piece access(String prefix, Object group, Object source, int port, String who) {
        return Blueprint.named("access-group")
                .place(prefix, Map.of("Group", group, "Source", source, "Port", port, "Who", who));
    }
}
