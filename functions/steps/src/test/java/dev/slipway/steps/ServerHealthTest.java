package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.Plan;
import dev.slipway.planning.Planner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

class ServerHealthTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 2);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final TargetOutputs TARGET =
            new TargetOutputs(Map.of("WebTargetGroupArn", "arn:group", "LoadBalancerSecurityGroup", "sg-balancer"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<TargetHealthDescription> targets = new ArrayList<>();
    private Instant now = NOON;

    @Test
    void waitsUntilEachServerIsHealthy() {
        register("i-0a", TargetHealthStateEnum.HEALTHY);
        assertThat(awaited()).containsExactly("web has 1 of 2 servers");
        register("i-0b", TargetHealthStateEnum.INITIAL);
        assertThat(awaited()).containsExactly("i-0b on port 8080 is initial (Target.Timeout)");
        targets.removeLast();
        register("i-0b", TargetHealthStateEnum.HEALTHY);
        assertThat(awaited()).isEmpty();
    }

    @Test
    void saysWhomToLetInWhenPatienceEnds() {
        register("i-0a", TargetHealthStateEnum.HEALTHY);
        register("i-0b", TargetHealthStateEnum.UNHEALTHY);
        assertThat(awaited()).hasSize(1);
        now = NOON.plus(Duration.ofMinutes(15));
        assertThat(awaited()).as("not yet").hasSize(1);
        now = now.plusSeconds(1);
        assertThatThrownBy(this::awaited)
                .isInstanceOf(DeployFailed.class)
                .hasMessageContaining("i-0b on port 8080 is unhealthy (Target.Timeout)")
                .hasMessageContaining("its security group lets sg-balancer in");
    }

    @Test
    void isDoneWhenTheyAreHealthyHoweverLongItTook() {
        awaited();
        now = NOON.plus(Duration.ofHours(1));
        register("i-0a", TargetHealthStateEnum.HEALTHY);
        register("i-0b", TargetHealthStateEnum.HEALTHY);
        assertThat(awaited()).isEmpty();
    }

    private void register(String id, TargetHealthStateEnum state) {
        targets.add(TargetHealthDescription.builder()
                .target(target -> target.id(id).port(8080))
                .targetHealth(health -> health.state(state).reason(TargetHealthReasonEnum.TARGET_TIMEOUT))
                .build());
    }

    private List<String> awaited() {
        JsonArtifacts artifacts = new JsonArtifacts(new FolderArtifacts(folder));
        return new ServerHealth(new Registered(), artifacts, () -> now).awaited(ATTEMPT, plan(), TARGET);
    }

    private static Plan plan() {
        AppBundle bundle =
                AppFiles.readUploaded("shop", "services: {web: {image: 'shop/web:1', ports: ['8080:80']}}", """
                target:
                  compute: servers
                  servers: {existing: [i-0a], image: ami-0a}
                  network: {vpc: vpc-0a, public_subnets: [subnet-1, subnet-2], private_subnets: [subnet-3, subnet-4]}
                """);
        return new Planner().plan(bundle.app(), bundle.spec());
    }

    private final class Registered implements ElasticLoadBalancingV2Client {
        @Override
        public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest request) {
            assertThat(request.targetGroupArn()).isEqualTo("arn:group");
            return DescribeTargetHealthResponse.builder()
                    .targetHealthDescriptions(targets)
                    .build();
        }

        @Override
        public String serviceName() {
            return "elasticloadbalancing";
        }

        @Override
        public void close() {}
    }
}
