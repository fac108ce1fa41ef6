package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ProStudio's phases, each a target of its own: Redis alone, a load balancer before the server of today, a second server beside it. */
class ProstudioStagesTest {
    private static final String SHOP = """
            services:
              web: {image: "shop/web:1", ports: ["8080:3000"]}
            """;
    private static final String SERVERS = """
            target:
              compute: servers
              servers: {existing: %s, %s}
              network: {vpc: vpc-0a, public_subnets: [subnet-1, subnet-2], private_subnets: [subnet-3, subnet-4]}
            traffic: {zone: shop.example, record: www.shop.example}
            """;

    private final JsonNode redis = template(Targets.stage("prostudio", "redis"));
    private final JsonNode balancer = template(Targets.stage("prostudio", "load-balancer"));
    private final JsonNode second = template(Targets.stage("prostudio", "second-server"));

    @Test
    void separateRedisIsANodeAloneInTheNetworkOfTheServer() {
        assertThat(property(redis, "RedisGroup", "CacheNodeType").asText()).isEqualTo("cache.t4g.micro");
        assertThat(property(redis, "RedisGroup", "NumCacheClusters").asInt()).isEqualTo(1);
        assertThat(typesOf(redis))
                .doesNotContainKeys("AWS::EC2::VPC", "AWS::ECS::Service", "AWS::ElasticLoadBalancingV2::LoadBalancer");
        assertThat(redis.at("/Parameters/Vpc/Default").asText()).isEqualTo("vpc-0a1b2c3d");
    }

    /** It named the subnets of a load balancer that this stage has none of. */
    @Test
    void asksForNothingThatItDoesNotUse() {
        assertThat(Templates.names(redis.path("Parameters")))
                .containsExactly(
                        "Vpc", "ZoneAServicesSubnet", "ZoneAStoresSubnet", "ZoneBServicesSubnet", "ZoneBStoresSubnet");
    }

    @Test
    void bothServersReachTheSameRedisByTheirSecurityGroup() {
        List<String> sources = new ArrayList<>();
        redis.path("Resources").forEach(resource -> {
            JsonNode rule = resource.path("Properties");
            if (rule.path("FromPort").asInt() == 6379) {
                sources.add(rule.path("SourceSecurityGroupId").asText());
            }
        });
        assertThat(sources).contains("sg-0a1b2c3d");
    }

    @Test
    void loadBalancerLeadsToTheServerOfToday() {
        assertThat(targets(balancer)).containsExactly("i-1234567890abcdef0");
        assertThat(property(balancer, "NginxTargetGroup", "TargetType").asText())
                .isEqualTo("instance");
        assertThat(property(balancer, "NginxTargetGroup", "Port").asInt()).isEqualTo(80);
        assertThat(property(balancer, "NginxRule", "Conditions")
                        .at("/0/PathPatternConfig/Values/0")
                        .asText())
                .isEqualTo("/*");
        assertThat(typesOf(balancer))
                .doesNotContainKeys(
                        "AWS::EC2::VPC",
                        "AWS::EC2::Instance",
                        "AWS::ECS::Cluster",
                        "AWS::ElastiCache::ReplicationGroup",
                        "AWS::SecretsManager::Secret");
    }

    @Test
    void loadBalancerAsksTheServerForTheHealthOfTheApp() {
        assertThat(property(balancer, "NginxTargetGroup", "HealthCheckPath").asText())
                .isEqualTo("/health");
        assertThat(property(balancer, "NginxTargetGroupHealthyHosts", "MetricName")
                        .asText())
                .isEqualTo("HealthyHostCount");
    }

    @Test
    void loadBalancerEndsHttpsForTheServer() {
        JsonNode withZone = template(Targets.stage("prostudio", "load-balancer").withHostedZone("Z1"));
        assertThat(property(withZone, "Listener", "Protocol").asText()).isEqualTo("HTTPS");
        assertThat(property(withZone, "Redirect", "Port").asInt()).isEqualTo(80);
        assertThat(property(withZone, "NginxTargetGroup", "Protocol").asText()).isEqualTo("HTTP");
    }

    @Test
    void serverOfTodayLetsTheLoadBalancerIn() {
        assertThat(property(balancer, "LoadBalancerToExisting80Access", "GroupId")
                        .asText())
                .isEqualTo("sg-0a1b2c3d");
        assertThat(property(balancer, "LoadBalancerToExisting80Access", "SourceSecurityGroupId")
                        .at("/Fn::GetAtt/0")
                        .asText())
                .isEqualTo("LoadBalancerSecurityGroup");
    }

    @Test
    void secondServerIsMadeFromTheImageOfTheFirst() {
        assertThat(property(second, "Further1Server", "ImageId").asText()).isEqualTo("ami-0a1b2c3d");
        assertThat(property(second, "Further1Server", "InstanceType").asText()).isEqualTo("t2.micro");
        assertThat(property(second, "Further1Server", "SubnetId").path("Ref").asText())
                .isEqualTo("ZoneAServicesSubnet");
    }

    @Test
    void loadBalancerDistributesTrafficBetweenBoth() {
        assertThat(targets(second)).containsExactly("i-1234567890abcdef0", "Further1Server");
    }

    /** What the first one reaches, such as Redis, the second one reaches, too; and nobody but the load balancer reaches it otherwise. */
    @Test
    void secondServerStandsInTheGroupOfTheFirstAndInOneThatOnlyTheLoadBalancerReaches() {
        assertThat(property(second, "Further1Server", "SecurityGroupIds")
                        .path(0)
                        .at("/Fn::GetAtt/0")
                        .asText())
                .isEqualTo("ServersSecurityGroup");
        assertThat(property(second, "Further1Server", "SecurityGroupIds")
                        .path(1)
                        .asText())
                .isEqualTo("sg-0a1b2c3d");
        List<String> sources = new ArrayList<>();
        second.path("Resources").forEach(resource -> {
            JsonNode rule = resource.path("Properties");
            if (rule.at("/GroupId/Fn::GetAtt/0").asText().equals("ServersSecurityGroup")) {
                sources.add(rule.at("/SourceSecurityGroupId/Fn::GetAtt/0").asText());
            }
        });
        assertThat(sources).containsExactly("LoadBalancerSecurityGroup");
        assertThat(property(second, "ServersSecurityGroup", "SecurityGroupIngress")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void furtherServersStandInOneZoneAfterTheOther() {
        JsonNode three =
                template(Targets.of(SHOP, SERVERS.formatted("[10.0.0.5]", "launch_template: lt-0a:3, count: 3")));
        assertThat(List.of("Further1Server", "Further2Server", "Further3Server"))
                .extracting(
                        name -> property(three, name, "SubnetId").path("Ref").asText())
                .containsExactly("ZoneAServicesSubnet", "ZoneBServicesSubnet", "ZoneAServicesSubnet");
    }

    @Test
    void serversThatAreToldByTheirAddressesAreTargetsByAddress() {
        JsonNode shop = template(Targets.of(SHOP, SERVERS.formatted("[10.0.0.5]", "launch_template: lt-0a:3")));
        assertThat(property(shop, "WebTargetGroup", "TargetType").asText()).isEqualTo("ip");
        assertThat(property(shop, "WebTargetGroup", "Targets")
                        .path(0)
                        .path("Id")
                        .asText())
                .isEqualTo("10.0.0.5");
        assertThat(property(shop, "WebTargetGroup", "Targets")
                        .path(1)
                        .at("/Id/Fn::GetAtt/1")
                        .asText())
                .isEqualTo("PrivateIp");
        assertThat(property(shop, "WebTargetGroup", "Port").asInt())
                .as("the published port")
                .isEqualTo(8080);
        assertThat(property(shop, "Further1Server", "LaunchTemplate")
                        .path("Version")
                        .asText())
                .isEqualTo("3");
        assertThat(property(shop, "Further1Server", "InstanceType").isMissingNode())
                .as("as the launch template says")
                .isTrue();
    }

    @Test
    void nothingStopsAnyPhase() {
        assertThat(List.of("redis", "load-balancer", "second-server", "all"))
                .allSatisfy(stage -> assertThat(
                                Targets.stage("prostudio", stage).plan().blockers())
                        .isEmpty());
    }

    private static List<String> targets(JsonNode template) {
        return property(template, "NginxTargetGroup", "Targets")
                .valueStream()
                .map(target -> target.path("Id"))
                .map(id -> id.path("Ref").asText(id.asText()))
                .toList();
    }
}
