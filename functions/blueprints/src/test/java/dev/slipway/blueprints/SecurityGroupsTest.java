package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.names;
import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The security groups of SmartBoard's guide, section 1, and what they are generated from. */
final class SecurityGroupsTest {
    private final JsonNode smartboard = template(Targets.guide("smartboard"));

    @Test
    void sgAlbInbound443FromAnywhere() {
        assertThat(property(smartboard, "LoadBalancerSecurityGroup", "SecurityGroupIngress"))
                .anySatisfy(rule -> {
                    assertThat(rule.path("FromPort").asInt()).isEqualTo(443);
                    assertThat(rule.path("CidrIp").asText()).isEqualTo("0.0.0.0/0");
                });
        assertThat(into(smartboard, "LoadBalancer")).isEmpty();
    }

    @Test
    void sgWebInbound3000FromSgAlbOnly() {
        assertThat(into(smartboard, "Web")).containsExactly("3000 from LoadBalancer");
    }

    @Test
    void sgGatewayInbound4000FromSgAlbAndFromTheWebServerThatCallsIt() {
        assertThat(into(smartboard, "Gateway")).containsExactly("4000 from LoadBalancer", "4000 from Web");
    }

    @Test
    void sgServicesInbound4010To4060FromSgGatewayAndSgServices() {
        assertThat(into(smartboard, "Services"))
                .containsExactly(
                        "4010 from Gateway",
                        "4010 from Services",
                        "4020 from Gateway",
                        "4020 from Services",
                        "4030 from Gateway",
                        "4030 from Services",
                        "4040 from Gateway",
                        "4040 from Services",
                        "4050 from Gateway",
                        "4050 from Services",
                        "4060 from Gateway",
                        "4060 from Services");
    }

    @Test
    void workerHasNoInboundTraffic() {
        assertThat(into(smartboard, "Services")).noneMatch(way -> way.startsWith("4070"));
        assertThat(group(smartboard, "Worker")).isEqualTo("ServicesSecurityGroup");
        assertThat(into(smartboard, "Workers")).as("the migration's own").isEmpty();
    }

    @Test
    void sgRdsInbound5432FromSgServices() {
        assertThat(into(smartboard, "Postgres")).containsExactly("5432 from Services", "5432 from Workers");
    }

    @Test
    void sgRedisInbound6379FromWhoeverHasItsUrl() {
        assertThat(into(smartboard, "Redis"))
                .containsExactly("6379 from Gateway", "6379 from Services", "6379 from Web", "6379 from Workers");
    }

    @Test
    void noGroupButTheLoadBalancersLetsAnAddressIn() {
        assertThat(smartboard.path("Resources").findParents("CidrIp"))
                .allSatisfy(rule -> assertThat(rule.path("FromPort").asInt()).isIn(80, 443));
    }

    @Test
    void workersOfTheMigrationRunAmongTheServicesAndReachEveryStore() {
        assertThat(smartboard.at("/Outputs/WorkersSecurityGroup/Value").toString())
                .isEqualTo("{\"Fn::GetAtt\":[\"WorkersSecurityGroup\",\"GroupId\"]}");
        assertThat(smartboard.at("/Outputs/ServicesSubnets/Value").toString())
                .isEqualTo(
                        "{\"Fn::Join\":[\",\",[{\"Ref\":\"ZoneAServicesSubnet\"},{\"Ref\":\"ZoneBServicesSubnet\"}]]}");
    }

    @Test
    void opensAPortOnceThoughTwoServicesListenOnIt() {
        JsonNode template = template(Targets.of("""
                services:
                  web: {image: "shop/web:1", ports: ["80:80"], environment: {ONE: "http://one:8080", TWO: "http://two:8080"}}
                  one: {image: "shop/one:1", expose: ["8080"]}
                  two: {image: "shop/two:1", expose: ["8080"]}
                """, ""));
        assertThat(typesOf(template)).containsEntry("AWS::EC2::SecurityGroupIngress", 3);
        assertThat(into(template, "Services")).containsExactly("8080 from Services", "8080 from Web");
    }

    @Test
    void closesAStoreToAServiceThatDoesNotNameIt() {
        JsonNode template = template(Targets.of("""
                services:
                  db: {image: "postgres:16", ports: ["5432:5432"]}
                  api: {image: "shop/api:1", ports: ["80:80"], environment: {DB_HOST: db}}
                  www: {image: "shop/www:1", ports: ["81:80"]}
                """, ""));
        assertThat(into(template, "Db")).containsExactly("5432 from Api", "5432 from Workers");
    }

    /** What a group lets in, e.g. {@code 4000 from Web}. */
    private static Set<String> into(JsonNode template, String group) {
        JsonNode resources = template.path("Resources");
        Set<String> ways = new TreeSet<>();
        for (String name : names(resources)) {
            JsonNode rule = resources.path(name).path("Properties");
            if (named(rule.path("GroupId")).equals(group + "SecurityGroup")) {
                ways.add(rule.path("FromPort").asInt() + " from "
                        + named(rule.path("SourceSecurityGroupId")).replace("SecurityGroup", ""));
                assertThat(rule.path("ToPort")).isEqualTo(rule.path("FromPort"));
            }
        }
        return ways;
    }

    private static String group(JsonNode template, String service) {
        return named(property(template, service + "Service", "NetworkConfiguration")
                .at("/AwsvpcConfiguration/SecurityGroups/0"));
    }

    private static String named(JsonNode group) {
        return List.of(group.path("Fn::GetAtt").path(0).asText()).getFirst();
    }
}
