package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.plan.KeyFate;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says what is planned and what this version's Provision target does not make, so that nobody takes the plan for what they get. */
final class NotYet {
    /** What the target's template has a blueprint of. */
    static final Set<String> MADE = Set.of(
            "AWS::EC2::VPC",
            "AWS::EC2::Subnet",
            "AWS::EC2::InternetGateway",
            "AWS::EC2::NatGateway",
            "AWS::EC2::SecurityGroup",
            "AWS::ECS::Cluster",
            "AWS::ECS::Service",
            "AWS::ECS::TaskDefinition",
            "AWS::ElastiCache::ReplicationGroup",
            "AWS::ElasticLoadBalancingV2::Listener",
            "AWS::ElasticLoadBalancingV2::ListenerRule",
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "AWS::ElasticLoadBalancingV2::TargetGroup",
            "AWS::IAM::Role",
            "AWS::Logs::LogGroup",
            "AWS::RDS::DBInstance",
            "AWS::S3::Bucket",
            "AWS::SecretsManager::Secret",
            "AWS::ServiceDiscovery::PrivateDnsNamespace",
            "AWS::ServiceDiscovery::Service");

    /** Shift weights writes it, and no template. */
    private static final String SHIFTED = "AWS::Route53::RecordSet";

    private NotYet() {}

    static boolean isMade(String type) {
        return MADE.contains(type) || type.equals(SHIFTED);
    }

    static List<Finding> of(List<PlannedResource> resources, List<PlannedJob> jobs, List<KeyFate> keys) {
        List<Finding> findings = new ArrayList<>();
        Set<String> types = new TreeSet<>();
        resources.stream()
                .map(PlannedResource::type)
                .filter(type -> !isMade(type))
                .forEach(types::add);
        if (!types.isEmpty()) {
            findings.add(Finding.warning(
                    "resources",
                    "planned, not yet provisioned by this version: " + String.join(", ", types)
                            + "; make those that are needed after the run"));
        }
        if (!jobs.isEmpty()) {
            findings.add(Finding.warning(
                    "jobs",
                    "planned, not yet run by this version: "
                            + jobs.stream().map(PlannedJob::name).collect(Collectors.joining(", "))
                            + "; run them yourself where the target needs it"));
        }
        Map<String, Set<String>> byService = new LinkedHashMap<>();
        keys.forEach(key ->
                byService.computeIfAbsent(key.service(), any -> new TreeSet<>()).add(key.key()));
        byService.forEach((service, names) -> findings.add(Finding.warning(
                "service " + service,
                "planned, not yet set by this version: " + String.join(", ", names)
                        + "; put what the service needs into its image")));
        return findings;
    }
}
