package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says what is planned and what this version's Provision target does not make, so that nobody takes the plan for what they get. */
final class NotYet {
    /** What the target's template has a blueprint of. */
    static final Set<String> MADE = Set.of(
            "AWS::CertificateManager::Certificate",
            "AWS::CloudFront::Distribution",
            "AWS::CloudFront::OriginAccessControl",
            "AWS::EC2::FlowLog",
            "AWS::APS::Workspace",
            "AWS::Backup::BackupPlan",
            "AWS::Backup::BackupVault",
            "AWS::Budgets::Budget",
            "AWS::CE::AnomalyMonitor",
            "AWS::CE::AnomalySubscription",
            "AWS::CloudTrail::Trail",
            "AWS::Config::ConfigurationRecorder",
            "AWS::Config::DeliveryChannel",
            "AWS::Grafana::Workspace",
            "AWS::GuardDuty::Detector",
            "AWS::XRay::SamplingRule",
            "AWS::CloudWatch::Alarm",
            "AWS::CloudWatch::Dashboard",
            "AWS::EC2::VPC",
            "AWS::EC2::VPCEndpoint",
            "AWS::EC2::Subnet",
            "AWS::EC2::InternetGateway",
            "AWS::EC2::NatGateway",
            "AWS::EC2::Instance",
            "AWS::EC2::SecurityGroup",
            "AWS::EC2::SecurityGroupIngress",
            "AWS::ApplicationAutoScaling::ScalableTarget",
            "AWS::ApplicationAutoScaling::ScalingPolicy",
            "AWS::ECR::Repository",
            "AWS::ECS::Cluster",
            "AWS::ECS::Service",
            "AWS::ECS::TaskDefinition",
            "AWS::EKS::AccessEntry",
            "AWS::EKS::Addon",
            "AWS::EKS::Cluster",
            "AWS::EKS::PodIdentityAssociation",
            "AWS::ElastiCache::ReplicationGroup",
            "AWS::ElasticLoadBalancingV2::Listener",
            "AWS::ElasticLoadBalancingV2::ListenerRule",
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "AWS::ElasticLoadBalancingV2::TargetGroup",
            "AWS::FIS::ExperimentTemplate",
            "AWS::IAM::Role",
            "AWS::KMS::Key",
            "AWS::Logs::LogGroup",
            "AWS::RDS::DBCluster",
            "AWS::Logs::MetricFilter",
            "AWS::RDS::DBInstance",
            "AWS::RDS::DBProxy",
            "AWS::RDS::DBProxyTargetGroup",
            "AWS::S3::Bucket",
            "AWS::SES::EmailIdentity",
            "AWS::SNS::Topic",
            "AWS::SSM::Parameter",
            "AWS::Scheduler::Schedule",
            "AWS::SecretsManager::Secret",
            "AWS::ServiceDiscovery::PrivateDnsNamespace",
            "AWS::ServiceDiscovery::Service",
            "AWS::WAFv2::LoggingConfiguration",
            "AWS::WAFv2::WebACL");

    /** Shift weights writes it, and no template. */
    private static final String SHIFTED = "AWS::Route53::RecordSet";

    /** Made where it is said whose files are to be built. */
    private static final Set<String> DELIVERING = Set.of("AWS::CodeBuild::Project", "AWS::CodePipeline::Pipeline");

    private static final String RESOURCES = "resources";

    private NotYet() {}

    static boolean isMade(String type, Spec spec) {
        return DELIVERING.contains(type)
                ? spec.repository().isPresent() && isDeployedTo(spec.target().compute())
                : MADE.contains(type) || type.equals(SHIFTED);
    }

    static List<Finding> of(List<PlannedResource> resources, Spec spec) {
        List<Finding> findings = new ArrayList<>();
        Set<String> types = new TreeSet<>();
        resources.stream()
                .map(PlannedResource::type)
                .filter(type -> !isMade(type, spec))
                .forEach(types::add);
        if (types.removeAll(DELIVERING)) {
            findings.add(Finding.warning(RESOURCES, unconnected(spec)));
        }
        if (!types.isEmpty()) {
            findings.add(Finding.warning(
                    RESOURCES,
                    "planned, not yet provisioned by this version: " + String.join(", ", types)
                            + "; make those that are needed after the run"));
        }
        return findings;
    }

    private static boolean isDeployedTo(Compute compute) {
        return compute == Compute.FARGATE || compute == Compute.EKS;
    }

    private static String unconnected(Spec spec) {
        String types = String.join(" and ", new TreeSet<>(DELIVERING));
        return isDeployedTo(spec.target().compute())
                ? types
                        + " are made once 'repository' of slipway.yaml names a connection and OWNER/NAME; or write 'delivery:"
                        + " github-actions'"
                : types + " are planned, and made for targets on Fargate or EKS only";
    }
}
