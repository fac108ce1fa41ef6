package dev.slipway.steps;

import java.util.List;
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

/** A load balancer with one rule, in which several groups stand; one of them has all requests. */
final class OneRule implements ElasticLoadBalancingV2Client {
    private final List<String> groups;
    private String chosen;

    OneRule(String chosen, String other) {
        this.groups = List.of(chosen, other);
        this.chosen = chosen;
    }

    String leadsTo() {
        return chosen;
    }

    void leadsTo(String group) {
        chosen = group;
    }

    @Override
    public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
        return DescribeTargetGroupsResponse.builder()
                .targetGroups(TargetGroup.builder().loadBalancerArns("balancer").build())
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
        List<TargetGroupTuple> weighted = groups.stream()
                .map(group -> TargetGroupTuple.builder()
                        .targetGroupArn(group)
                        .weight(group.equals(chosen) ? 1 : 0)
                        .build())
                .toList();
        Action action = Action.builder()
                .forwardConfig(config -> config.targetGroups(weighted))
                .build();
        return DescribeRulesResponse.builder()
                .rules(Rule.builder().ruleArn("rule").actions(action).build())
                .build();
    }

    @Override
    public ModifyRuleResponse modifyRule(ModifyRuleRequest request) {
        chosen = request.actions().getFirst().forwardConfig().targetGroups().stream()
                .filter(group -> group.weight() == 1)
                .map(TargetGroupTuple::targetGroupArn)
                .findFirst()
                .orElseThrow();
        return ModifyRuleResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "elasticloadbalancing";
    }

    @Override
    public void close() {}
}
