package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.names;
import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The guides' lines about networks: SmartBoard section 1, BahnVision phase 1 and "Network Security", CRP's "VPC with private subnets". */
final class TargetNetworkTest {
    private static final String APP = """
            services:
              db: {image: "postgres:16", ports: ["5432:5432"]}
              api: {image: "shop/api:1", ports: ["80:80"], environment: {DB_HOST: db}}
            """;

    private final JsonNode smartboard = template(Targets.smartboard());

    @Test
    void createVpcWithCidr10000() {
        assertThat(property(smartboard, "Vpc", "CidrBlock").asText()).isEqualTo("10.0.0.0/16");
    }

    @Test
    void orWithAnother() {
        JsonNode template = template(Targets.of(APP, "target: {network: {cidr: 172.20.0.0/16}}"));
        assertThat(property(template, "Vpc", "CidrBlock").asText()).isEqualTo("172.20.0.0/16");
        assertThat(template.findValuesAsText("CidrBlock")).hasSize(7).allMatch(range -> range.startsWith("172.20."));
    }

    @Test
    void twoPublicSubnetsInDifferentZones() {
        assertThat(zoneOf(smartboard, "ZoneAPublicSubnet")).isEqualTo(0);
        assertThat(zoneOf(smartboard, "ZoneBPublicSubnet")).isEqualTo(1);
    }

    @Test
    void fourPrivateSubnetsInDifferentZones() {
        assertThat(typesOf(smartboard)).containsEntry("AWS::EC2::Subnet", 6);
        for (String kind : List.of("ServicesSubnet", "StoresSubnet")) {
            assertThat(zoneOf(smartboard, "ZoneA" + kind)).isEqualTo(0);
            assertThat(zoneOf(smartboard, "ZoneB" + kind)).isEqualTo(1);
        }
        assertThat(smartboard.toString()).doesNotContain("MapPublicIpOnLaunch");
    }

    @Test
    void internetGatewayAttachedToVpc() {
        assertThat(property(smartboard, "InternetGatewayAttachment", "VpcId").toString())
                .isEqualTo("{\"Ref\":\"Vpc\"}");
    }

    @Test
    void natGatewayInEachPublicSubnet() {
        assertThat(typesOf(smartboard)).containsEntry("AWS::EC2::NatGateway", 2);
        assertThat(way(smartboard, "ZoneA")).isEqualTo("ZoneANatGateway");
        assertThat(way(smartboard, "ZoneB")).isEqualTo("ZoneBNatGateway");
    }

    @Test
    void orOneForAProofOfConcept() {
        JsonNode template = template(Targets.crpPreschool());
        assertThat(typesOf(template)).containsEntry("AWS::EC2::NatGateway", 1);
        assertThat(way(template, "ZoneA")).isEqualTo("ZoneANatGateway");
        assertThat(way(template, "ZoneB")).isEqualTo("ZoneANatGateway");
    }

    @Test
    void orAsManyAsAreAskedFor() {
        assertThat(typesOf(template(Targets.of(APP, "target: {network: {nat: each}}"))))
                .containsEntry("AWS::EC2::NatGateway", 2);
        assertThat(typesOf(template(Targets.of(APP, "target: {size: medium, network: {nat: one}}"))))
                .containsEntry("AWS::EC2::NatGateway", 1);
    }

    @Test
    void orVpcEndpointsOnly() {
        JsonNode template = template(Targets.of(APP, "target: {network: {nat: none}}"));
        assertThat(typesOf(template))
                .doesNotContainKeys("AWS::EC2::NatGateway", "AWS::EC2::EIP")
                .containsEntry("AWS::EC2::VPCEndpoint", 10);
        assertThat(names(template.path("Resources"))).noneMatch(name -> name.endsWith("ServicesDefaultRoute"));
        assertThat(endpoints(template, "Interface"))
                .containsExactly("ecr.api", "ecr.dkr", "logs", "monitoring", "secretsmanager", "ssm", "states", "sts");
        assertThat(property(template, "EndpointsSecurityGroup", "SecurityGroupIngress")
                        .findValuesAsText("CidrIp"))
                .containsExactly("10.0.0.0/16");
    }

    @Test
    void reachesS3WithoutPayingForTheWay() {
        assertThat(endpoints(smartboard, "Gateway")).containsExactly("s3");
        assertThat(property(smartboard, "S3Endpoint", "RouteTableIds")).hasSize(4);
    }

    @Test
    void storesHaveNoWayOut() {
        assertThat(smartboard.path("Resources").findParents("DestinationCidrBlock"))
                .noneMatch(route -> route.path("RouteTableId").toString().contains("StoresRoutes"));
    }

    @Test
    void implementVpcFlowLogsForNetworkMonitoring() {
        assertThat(property(smartboard, "FlowLog", "TrafficType").asText()).isEqualTo("ALL");
        JsonNode statement =
                property(smartboard, "FlowLogAccess", "PolicyDocument").at("/Statement/0");
        assertThat(statement.path("Resource").toString()).isEqualTo("{\"Fn::GetAtt\":[\"FlowLogGroup\",\"Arn\"]}");
        assertThat(statement.path("Action")).extracting(JsonNode::asText).noneMatch(action -> action.contains("*"));
    }

    @Test
    void standsInANetworkThatIsThere() {
        JsonNode template = template(Targets.of(APP, """
                target:
                  network:
                    vpc: vpc-0a1b2c3d
                    public_subnets: [subnet-0a01, subnet-0a02]
                    private_subnets: [subnet-0b01, subnet-0b02]
                """));
        assertThat(typesOf(template))
                .doesNotContainKeys(
                        "AWS::EC2::VPC",
                        "AWS::EC2::Subnet",
                        "AWS::EC2::NatGateway",
                        "AWS::EC2::InternetGateway",
                        "AWS::EC2::VPCEndpoint",
                        "AWS::EC2::FlowLog");
        assertThat(defaults(template))
                .isEqualTo(Map.of(
                        "Vpc", "vpc-0a1b2c3d",
                        "ZoneAPublicSubnet", "subnet-0a01",
                        "ZoneBPublicSubnet", "subnet-0a02",
                        "ZoneAServicesSubnet", "subnet-0b01",
                        "ZoneBServicesSubnet", "subnet-0b02",
                        "ZoneAStoresSubnet", "subnet-0b01",
                        "ZoneBStoresSubnet", "subnet-0b02"));
        List<String> known = new ArrayList<>(names(template.path("Resources")));
        known.addAll(names(template.path("Parameters")));
        assertThat(known).containsAll(Templates.references(template));
    }

    private static Map<String, String> defaults(JsonNode template) {
        Map<String, String> defaults = new java.util.TreeMap<>();
        names(template.path("Parameters"))
                .forEach(name -> defaults.put(
                        name,
                        template.path("Parameters").path(name).path("Default").asText()));
        return defaults;
    }

    private static List<String> endpoints(JsonNode template, String type) {
        return template.path("Resources").findParents("VpcEndpointType").stream()
                .filter(endpoint -> endpoint.path("VpcEndpointType").asText().equals(type))
                .map(endpoint -> endpoint.path("ServiceName").path("Fn::Sub").asText())
                .map(name -> name.substring("com.amazonaws.${AWS::Region}.".length()))
                .toList();
    }

    private static int zoneOf(JsonNode template, String subnet) {
        return property(template, subnet, "AvailabilityZone")
                .at("/Fn::Select/0")
                .asInt(-1);
    }

    private static String way(JsonNode template, String zone) {
        return property(template, zone + "ServicesDefaultRoute", "NatGatewayId")
                .path("Ref")
                .asText();
    }
}
