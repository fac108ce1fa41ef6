package dev.slipway.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Which of a service's two groups has the requests; ComputeFirstE2ET switches real ones. */
class ForwardRulesTest {
    private final OneBalancer balancer = new OneBalancer();

    @Test
    void givesAllRequestsToOneOfTheTwo() {
        ForwardRules rules = ForwardRules.find(balancer, Map.of("web-early", "web"));
        rules.leadToTheTarget();
        assertThat(balancer.weights("rule-1")).isEqualTo(Map.of("web-early", 0, "web", 1));
        assertThat(balancer.weights("rule-2")).isEqualTo(Map.of("web-early", 0, "web", 1));
        rules.leadToTheSource();
        assertThat(balancer.weights("rule-1")).isEqualTo(Map.of("web-early", 1, "web", 0));
    }

    @Test
    void leavesTheRulesOfOthersAlone() {
        ForwardRules.find(balancer, Map.of("web-early", "web")).leadToTheTarget();
        assertThat(balancer.weights("rule-of-another")).isEqualTo(Map.of("api", 1));
        assertThat(balancer.changes).isEqualTo(2);
    }

    @Test
    void asksNobodyWhereNoServiceRunsTwice() {
        ForwardRules.find(balancer, Map.of()).leadToTheTarget();
        assertThat(balancer.calls).isZero();
    }

    /** A load balancer with one listener, in memory. */
    private static final class OneBalancer implements ElasticLoadBalancingV2Client {
        private final Map<String, List<TargetGroupTuple>> rules = new LinkedHashMap<>(Map.of(
                "rule-1", List.of(group("web-early", 1), group("web", 0)),
                "rule-2", List.of(group("web-early", 1), group("web", 0)),
                "rule-of-another", List.of(group("api", 1))));
        private int calls;
        private int changes;

        private static TargetGroupTuple group(String arn, int weight) {
            return TargetGroupTuple.builder().targetGroupArn(arn).weight(weight).build();
        }

        Map<String, Integer> weights(String rule) {
            Map<String, Integer> weights = new LinkedHashMap<>();
            rules.getOrDefault(rule, List.of()).forEach(group -> weights.put(group.targetGroupArn(), group.weight()));
            return weights;
        }

        @Override
        public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
            calls++;
            return DescribeTargetGroupsResponse.builder()
                    .targetGroups(
                            TargetGroup.builder().loadBalancerArns("balancer").build())
                    .build();
        }

        @Override
        public DescribeListenersResponse describeListeners(DescribeListenersRequest request) {
            return DescribeListenersResponse.builder()
                    .listeners(Listener.builder().listenerArn("listener").build())
                    .build();
        }

        @Override
        public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
            return DescribeRulesResponse.builder()
                    .rules(rules.entrySet().stream()
                            .map(rule -> Rule.builder()
                                    .ruleArn(rule.getKey())
                                    .actions(Action.builder()
                                            .forwardConfig(config -> config.targetGroups(rule.getValue()))
                                            .build())
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public ModifyRuleResponse modifyRule(ModifyRuleRequest request) {
            changes++;
            rules.put(
                    request.ruleArn(),
                    request.actions().getFirst().forwardConfig().targetGroups());
            return ModifyRuleResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "elasticloadbalancing";
        }

        @Override
        public void close() {}
    }
}
