package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.names;
import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.references;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of BahnVision's guide about its cluster, each in the template of events/apps/bahnvision. */
final class BahnvisionClusterTest {
    private static final JsonNode TEMPLATE = template(Targets.guide("bahnvision"));

    @Test
    void createsAnEksCluster() {
        assertThat(typesOf(TEMPLATE))
                .containsEntry("AWS::EKS::Cluster", 1)
                .doesNotContainKeys("AWS::ECS::Cluster", "AWS::ECS::Service", "AWS::ECS::TaskDefinition");
        assertThat(property(TEMPLATE, "Cluster", "Version").asText()).isEqualTo("1.35");
        assertThat(property(TEMPLATE, "Cluster", "UpgradePolicy")
                        .path("SupportType")
                        .asText())
                .isEqualTo("STANDARD");
    }

    @Test
    void keepsNodesInPrivateSubnetsOfTwoZones() {
        assertThat(property(TEMPLATE, "Cluster", "ResourcesVpcConfig")
                        .path("SubnetIds")
                        .findValuesAsText("Ref"))
                .containsExactly("ZoneAServicesSubnet", "ZoneBServicesSubnet");
    }

    @Test
    void hasNodesAutoscalingLoadBalancingAndDisksWithoutHelm() {
        assertThat(property(TEMPLATE, "Cluster", "ComputeConfig")
                        .path("Enabled")
                        .asBoolean())
                .isTrue();
        assertThat(property(TEMPLATE, "Cluster", "KubernetesNetworkConfig")
                        .at("/ElasticLoadBalancing/Enabled")
                        .asBoolean())
                .isTrue();
        assertThat(property(TEMPLATE, "Cluster", "StorageConfig")
                        .at("/BlockStorage/Enabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void encryptsSecretsAndWritesTheControlPlanesLogs() {
        assertThat(property(TEMPLATE, "Cluster", "EncryptionConfig")
                        .at("/0/Provider/KeyArn")
                        .toString())
                .contains("ClusterKey");
        assertThat(property(TEMPLATE, "Cluster", "Logging").findValuesAsText("Type"))
                .containsExactly("api", "audit", "authenticator", "controllerManager", "scheduler");
        assertThat(property(TEMPLATE, "ClusterLog", "RetentionInDays").asInt()).isEqualTo(30);
    }

    @Test
    void allowsPodsToConnectToTheStores() {
        assertThat(sourcesOf(5432)).contains(cluster());
        assertThat(sourcesOf(6379)).contains(cluster());
    }

    @Test
    void allowsTheLoadBalancerToConnectToPods() {
        assertThat(property(TEMPLATE, "LoadBalancerToPods8000Access", "GroupId").toString())
                .isEqualTo(cluster());
        assertThat(property(TEMPLATE, "LoadBalancerToPods80Access", "GroupId").toString())
                .isEqualTo(cluster());
    }

    @Test
    void bindsPodsToTheLoadBalancersOwnTargetGroups() {
        assertThat(property(TEMPLATE, "BahnvisionBackendTargetGroup", "Tags").toString())
                .contains("{\"Key\":\"eks:eks-cluster-name\",\"Value\":{\"Ref\":\"Cluster\"}}", "slipway:app");
        assertThat(property(TEMPLATE, "BahnvisionBackendTargetGroup", "TargetType")
                        .asText())
                .isEqualTo("ip");
    }

    @Test
    void createsAnIamRoleForTheServiceAccountOfEachService() {
        assertThat(typesOf(TEMPLATE)).containsEntry("AWS::EKS::PodIdentityAssociation", 2);
        assertThat(property(TEMPLATE, "BahnvisionBackendPodIdentity", "ServiceAccount")
                        .asText())
                .isEqualTo("bahnvision-backend");
        assertThat(property(TEMPLATE, "BahnvisionBackendPodIdentity", "Namespace")
                        .asText())
                .isEqualTo("bahnvision");
        assertThat(property(TEMPLATE, "BahnvisionBackendPodRole", "ManagedPolicyArns")
                        .isMissingNode())
                .as("AWS' own policies allow more than pods do")
                .isTrue();
    }

    @Test
    void attachesWhatXRayAndPrometheusNeed() {
        assertThat(actions("BahnvisionBackendTraceAccess")).contains("xray:PutTraceSegments");
        assertThat(actions("BahnvisionBackendMetricsAccess")).containsExactly("aps:RemoteWrite");
    }

    @Test
    void letsOnlyTheDeployRoleIn() {
        assertThat(property(TEMPLATE, "Cluster", "AccessConfig").toString())
                .isEqualTo("{\"AuthenticationMode\":\"API\",\"BootstrapClusterCreatorAdminPermissions\":false}");
        assertThat(property(TEMPLATE, "DeployEntry", "PrincipalArn").toString()).contains("DeployRole");
        assertThat(names(TEMPLATE.path("Outputs")))
                .contains("ClusterName", "ClusterEndpoint", "ClusterCertificate", "DeployRoleArn", "AppSecretArn");
    }

    @Test
    void installsWhatAutoscalingMeasuresByAndWhatTakesTraces() {
        assertThat(property(TEMPLATE, "MetricsServer", "AddonName").asText()).isEqualTo("metrics-server");
        assertThat(property(TEMPLATE, "Observability", "AddonName").asText())
                .isEqualTo("amazon-cloudwatch-observability");
    }

    @Test
    void replacesToxiproxyByFaultInjection() {
        assertThat(typesOf(TEMPLATE)).containsEntry("AWS::FIS::ExperimentTemplate", 3);
        JsonNode pods = property(TEMPLATE, "BahnvisionBackendExperiment", "Actions");
        assertThat(pods.findValuesAsText("ActionId"))
                .containsExactly("aws:eks:pod-network-latency", "aws:eks:pod-network-packet-loss");
        assertThat(pods.at("/Latency/Parameters/sources").toString()).contains("Postgres", "Valkey");
    }

    @Test
    void testsTheFailoverOfRdsAndElastiCache() {
        assertThat(property(TEMPLATE, "PostgresInstanceExperiment", "Actions").findValuesAsText("ActionId"))
                .containsExactly("aws:rds:reboot-db-instances");
        assertThat(property(TEMPLATE, "PostgresInstanceExperiment", "Actions")
                        .at("/Reboot/Parameters/forceFailover")
                        .asText())
                .isEqualTo("true");
        assertThat(property(TEMPLATE, "ValkeyGroupExperiment", "Actions").findValuesAsText("ActionId"))
                .containsExactly("aws:elasticache:replicationgroup-interrupt-az-power");
    }

    @Test
    void endsEveryExperimentWhenUsersSeeErrors() {
        List<JsonNode> experiments = new ArrayList<>();
        TEMPLATE.path("Resources").forEach(resource -> {
            if (resource.path("Type").asText().equals("AWS::FIS::ExperimentTemplate")) {
                experiments.add(resource.path("Properties"));
            }
        });
        assertThat(experiments).allSatisfy(experiment -> {
            assertThat(experiment.at("/StopConditions/0/Value").toString()).contains("ExperimentStop");
            assertThat(experiment.path("Tags").path("slipway:app").asText()).isEqualTo("bahnvision");
        });
    }

    @Test
    void losesTasksWhereThereAreNoPods() {
        JsonNode fargate = template(Targets.guide("bahnvision", """
                target: {compute: fargate}
                traffic: {zone: bahnvision.com, record: api.bahnvision.com}
                """));
        assertThat(property(fargate, "BahnvisionBackendExperiment", "Actions").findValuesAsText("ActionId"))
                .containsExactly("aws:ecs:stop-task");
        assertThat(typesOf(fargate)).doesNotContainKeys("AWS::EKS::Cluster", "AWS::EKS::AccessEntry");
    }

    @Test
    void refersOnlyToWhatIsThere() {
        assertThat(names(TEMPLATE.path("Resources"))).containsAll(references(TEMPLATE));
    }

    @Test
    void asksForEveryResourceThatIsPlannedOfTheCluster() {
        TargetSpec spec = Targets.guide("bahnvision");
        assertThat(spec.plan().resources().stream()
                        .map(resource -> resource.type())
                        .filter(type -> type.startsWith("AWS::EKS::")))
                .isSubsetOf(typesOf(TEMPLATE).keySet());
    }

    @Test
    void hasARepositoryForEachImageThatIsPlanned() {
        long planned = Targets.guide("bahnvision").plan().resources().stream()
                .filter(resource -> resource.type().equals("AWS::ECR::Repository"))
                .count();
        assertThat(typesOf(TEMPLATE)).containsEntry("AWS::ECR::Repository", (int) planned);
    }

    @Test
    void makesNothingThatOnlyTasksOfEcsRead() {
        assertThat(names(TEMPLATE.path("Resources"))).doesNotContain("ExecutionRole", "Namespace", "ParameterAccess");
        assertThat(typesOf(TEMPLATE)).doesNotContainKeys("AWS::SSM::Parameter", "AWS::Logs::MetricFilter");
        assertThat(Targets.guide("bahnvision").plan().environment())
                .noneMatch(variable -> variable.parameter().isPresent());
    }

    @Test
    void pricesEachMetricThatAnAlarmOfTheClusterLooksAt() {
        int metrics = 0;
        for (JsonNode resource : TEMPLATE.path("Resources")) {
            if (resource.path("Type").asText().equals("AWS::CloudWatch::Alarm")) {
                metrics += Math.max(1, resource.findValues("MetricStat").size());
            }
        }
        String quantity = Integer.toString(metrics);
        assertThat(Targets.guide("bahnvision").plan().cost().lines())
                .anyMatch(
                        line -> line.item().equals("alarms") && line.quantity().equals(quantity));
    }

    private static List<String> actions(String policy) {
        List<String> actions = new ArrayList<>();
        property(TEMPLATE, policy, "PolicyDocument")
                .at("/Statement/0/Action")
                .forEach(action -> actions.add(action.asText()));
        String only = property(TEMPLATE, policy, "PolicyDocument")
                .at("/Statement/0/Action")
                .asText();
        return actions.isEmpty() ? List.of(only) : actions;
    }

    private static String cluster() {
        return "{\"Fn::GetAtt\":[\"Cluster\",\"ClusterSecurityGroupId\"]}";
    }

    private static List<String> sourcesOf(int port) {
        List<String> sources = new ArrayList<>();
        TEMPLATE.path("Resources").forEach(resource -> {
            if (resource.path("Properties").path("FromPort").asInt() == port) {
                sources.add(resource.path("Properties")
                        .path("SourceSecurityGroupId")
                        .toString());
            }
        });
        return sources;
    }
}
