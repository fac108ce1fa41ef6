package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.Finding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ProStudio's phases, each a target of its own: phase 2, step 1 moves Redis alone. */
class ProstudioStagesTest {
    private final JsonNode redis = template(Targets.stage("prostudio", "redis"));

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
    void refusesThePhasesOfServersUntilTheyAreBuilt() {
        assertThat(List.of("load-balancer", "second-server"))
                .allSatisfy(stage -> assertThat(
                                Targets.stage("prostudio", stage).plan().blockers())
                        .extracting(Finding::subject)
                        .containsExactly("target.compute"));
        assertThat(Targets.stage("prostudio", "all").plan().blockers()).isEmpty();
    }
}
