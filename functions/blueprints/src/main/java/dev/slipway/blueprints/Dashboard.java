package dev.slipway.blueprints;

import dev.slipway.blueprints.DashboardBody.Graph;
import dev.slipway.blueprints.DashboardBody.Line;
import dev.slipway.blueprints.DashboardBody.Subject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What one looks at first: services, the way in, databases and caches of a target, each drawn where there is one. */
record Dashboard(String app, Template template) {
    private static final String AVERAGE = "Average";
    private static final String SUM = "Sum";
    private static final String DATABASES = "AWS/RDS";

    void add() {
        DashboardBody body = new DashboardBody();
        body.text(
                "# " + app + "\nThe target that Slipway made of " + app
                        + ": its services, the way in, its databases, its caches. Alarms on the same figures write to the topic of its alerts.");
        services(body);
        balancer(body);
        databases(body);
        caches(body);
        template.add(Blueprint.named("dashboard")
                .place("", Map.of("Body", Intrinsic.function(Intrinsic.SUB, body.json()))));
    }

    private void services(DashboardBody body) {
        List<Subject> services = named("AWS::ECS::Service")
                .map(name -> new Subject(
                        "AWS/ECS",
                        List.of("ClusterName", "${Cluster}", "ServiceName", "${" + name + ".Name}"),
                        name.replaceFirst("Service$", "")))
                .toList();
        body.row(
                Graph.of("Services: CPU, percent", services, "CPUUtilization", AVERAGE),
                Graph.of("Services: memory, percent", services, "MemoryUtilization", AVERAGE));
    }

    private void balancer(DashboardBody body) {
        List<Subject> balancers = named("AWS::ElasticLoadBalancingV2::LoadBalancer")
                .map(name ->
                        new Subject("AWS/ApplicationELB", List.of("LoadBalancer", fullName(name)), "load balancer"))
                .toList();
        List<Subject> groups = balancers.stream()
                .flatMap(balancer -> named("AWS::ElasticLoadBalancingV2::TargetGroup")
                        .map(name -> new Subject(
                                balancer.namespace(),
                                List.of(
                                        "TargetGroup",
                                        "${" + name + ".TargetGroupFullName}",
                                        "LoadBalancer",
                                        balancer.dimensions().getLast()),
                                name.replaceFirst("TargetGroup$", ""))))
                .toList();
        body.row(
                new Graph(
                        "Load balancer: response time, seconds",
                        balancers.stream().flatMap(Dashboard::times).toList()),
                new Graph(
                        "Load balancer: requests and codes",
                        balancers.stream().flatMap(Dashboard::codes).toList()),
                Graph.of("Load balancer: healthy hosts", groups, "HealthyHostCount", "Minimum"));
    }

    private static String fullName(String balancer) {
        return "${" + balancer + ".LoadBalancerFullName}";
    }

    private static Stream<Line> times(Subject balancer) {
        return Stream.of(
                new Line(balancer, "TargetResponseTime", AVERAGE, "mean"),
                new Line(balancer, "TargetResponseTime", "p99", "p99"));
    }

    private static Stream<Line> codes(Subject balancer) {
        return Stream.concat(
                Stream.of(new Line(balancer, "RequestCount", SUM, "requests")),
                Stream.of("2XX", "3XX", "4XX", "5XX")
                        .map(code -> new Line(balancer, "HTTPCode_Target_" + code + "_Count", SUM, code)));
    }

    private void databases(DashboardBody body) {
        List<Subject> instances = named("AWS::RDS::DBInstance")
                .map(name -> new Subject(DATABASES, List.of("DBInstanceIdentifier", "${" + name + "}"), name))
                .toList();
        Stream<Line> replicas = named("AWS::RDS::DBInstance")
                .filter(name -> template.properties(name).containsKey("SourceDBInstanceIdentifier"))
                .map(name -> new Subject(DATABASES, List.of("DBInstanceIdentifier", "${" + name + "}"), name)
                        .line("ReplicaLag", AVERAGE));
        Stream<Line> readers = named("AWS::RDS::DBCluster")
                .map(name -> new Subject(DATABASES, List.of("DBClusterIdentifier", "${" + name + "}"), name + ", ms")
                        .line("AuroraReplicaLagMaximum", AVERAGE));
        body.row(
                Graph.of("Databases: connections", instances, "DatabaseConnections", AVERAGE),
                Graph.of("Databases: CPU, percent", instances, "CPUUtilization", AVERAGE),
                new Graph(
                        "Databases: lag of replicas, seconds",
                        Stream.concat(replicas, readers).toList()));
    }

    private void caches(DashboardBody body) {
        List<Subject> nodes = named("AWS::ElastiCache::ReplicationGroup")
                .flatMap(name -> CacheNodes.of(template.properties(name)).stream()
                        .map(node -> new Subject(
                                "AWS/ElastiCache",
                                List.of("CacheClusterId", "${" + name + "}-" + node),
                                name + " " + node)))
                .toList();
        body.row(
                Graph.of("Caches: memory, percent", nodes, "DatabaseMemoryUsagePercentage", AVERAGE),
                Graph.of("Caches: hit rate, percent", nodes, "CacheHitRate", AVERAGE),
                Graph.of("Caches: evictions", nodes, "Evictions", SUM));
    }

    private Stream<String> named(String type) {
        return template.named(type).stream();
    }
}
