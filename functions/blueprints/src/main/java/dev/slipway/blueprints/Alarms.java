package dev.slipway.blueprints;

import dev.slipway.migration.StoreRole;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The alarms: those of the guides in any size, and beyond a proof of concept those that tell beforehand. What they look at is read
 * from the template, so that nothing is made that nobody watches.
 *
 * @param actions what an alarm calls
 */
record Alarms(TargetSpec spec, Template template, List<Object> actions) {
    private static final String BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer";

    void add() {
        template.named("AWS::ElasticLoadBalancingV2::TargetGroup").forEach(this::hosts);
        template.named(BALANCER)
                .forEach(balancer -> place(
                        "alarms-balancer",
                        balancer,
                        Map.of("App", spec.plan().app(), "LoadBalancer", balancerName(balancer))));
        template.named("AWS::ECS::Service").forEach(this::service);
        template.named("AWS::EC2::Instance")
                .forEach(server -> place("alarms-server", server, Map.of("Server", Intrinsic.ref(server))));
        template.named("AWS::RDS::DBInstance").forEach(this::database);
        template.named("AWS::RDS::DBCluster").forEach(this::cluster);
        template.named("AWS::ElastiCache::ReplicationGroup").forEach(this::cache);
        logs();
    }

    private void hosts(String group) {
        place(
                "alarms-hosts",
                group,
                Map.of(
                        "Service",
                        group.replaceFirst("TargetGroup$", ""),
                        "LoadBalancer",
                        balancerName(template.named(BALANCER).getFirst()),
                        "TargetGroup",
                        Intrinsic.attribute(group + ".TargetGroupFullName")));
    }

    private void service(String service) {
        Map<String, Object> values = Map.of(
                "Cluster", template.properties(service).get("Cluster"),
                "Service", Intrinsic.attribute(service + ".Name"));
        place("alarms-service", service, values);
        if (!spec.isPoc()) {
            place("alarms-service-more", service, values);
        }
    }

    private void database(String name) {
        Map<String, Object> properties = template.properties(name);
        Object instance = Intrinsic.ref(name);
        InstanceMemory memory = InstanceMemory.of(String.valueOf(properties.get("DBInstanceClass")));
        place("alarms-database", name, Map.of("Instance", instance, "LeastMemory", memory.least()));
        if (spec.isPoc()) {
            return;
        }
        place("alarms-database-more", name, Map.of("Instance", instance, "MostConnections", memory.mostConnections()));
        Object storageGb = properties.get("AllocatedStorage");
        if (storageGb != null) {
            long bytes = Long.parseLong(storageGb.toString()) << 30;
            place("alarms-storage", name, Map.of("Instance", instance, "LeastStorage", bytes / 100 * 15));
        }
        if (properties.containsKey("SourceDBInstanceIdentifier")) {
            place("alarms-replica", name, Map.of("Instance", instance));
        }
    }

    private void cluster(String name) {
        if (!spec.isPoc()) {
            place("alarms-readers", name, Map.of("Cluster", Intrinsic.ref(name)));
        }
    }

    private void cache(String name) {
        boolean isRecord = spec.stores().stream()
                .filter(store -> store.role() == StoreRole.RECORD)
                .anyMatch(store -> name.startsWith(LogicalName.of(store.name())));
        for (String node : CacheNodes.of(template.properties(name))) {
            Map<String, Object> values = Map.of("Group", Intrinsic.ref(name), "Node", node);
            String prefix = name + node.replace("-", "n");
            place("alarms-cache", prefix, values);
            if (isRecord && !spec.isPoc()) {
                place("alarms-cache-record", prefix, values);
            }
        }
    }

    private void logs() {
        Set<String> logs = new LinkedHashSet<>();
        template.named("AWS::ECS::TaskDefinition").forEach(name -> logsOf(name).forEach(logs::add));
        if (logs.isEmpty()) {
            return;
        }
        logs.forEach(log -> template.add(Blueprint.named("log-metrics").place(log, Map.of("Log", Intrinsic.ref(log)))));
        Map<String, Object> app = Map.of("App", spec.plan().app());
        place("alarms-logins", "", app);
        template.named(BALANCER).stream()
                .findFirst()
                .ifPresentOrElse(
                        balancer -> place(
                                "alarms-errors",
                                "",
                                Map.of("App", spec.plan().app(), "LoadBalancer", balancerName(balancer))),
                        () -> place("alarms-errors-unasked", "", app));
    }

    /** The groups that the containers of a task write to. */
    private Stream<String> logsOf(String task) {
        Object containers = template.properties(task).get("ContainerDefinitions");
        return (containers instanceof List<?> list ? list : List.of())
                .stream()
                        .map(container -> Blueprint.mapping(container).get("LogConfiguration"))
                        .filter(Map.class::isInstance)
                        .map(log -> Blueprint.mapping(Blueprint.mapping(log).get("Options"))
                                .get("awslogs-group"))
                        .filter(Map.class::isInstance)
                        .map(group -> String.valueOf(Blueprint.mapping(group).get(Intrinsic.REF)));
    }

    private static Object balancerName(String balancer) {
        return Intrinsic.attribute(balancer + ".LoadBalancerFullName");
    }

    private void place(String blueprint, String prefix, Map<String, Object> values) {
        Map<String, Object> all = new TreeMap<>(values);
        all.put("Actions", actions);
        template.add(Blueprint.named(blueprint).place(prefix, all));
    }
}
