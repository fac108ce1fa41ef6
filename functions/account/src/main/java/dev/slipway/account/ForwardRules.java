package dev.slipway.account;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * The rules of a load balancer in which two groups of targets stand: that of a service with the stores of the source, and that of the
 * same service with the stores of the target. One of the two has all requests.
 */
public final class ForwardRules {
    private final ElasticLoadBalancingV2Client balancers;
    private final List<Pair> pairs;

    private ForwardRules(ElasticLoadBalancingV2Client balancers, List<Pair> pairs) {
        this.balancers = balancers;
        this.pairs = List.copyOf(pairs);
    }

    /** ARNs of a rule and of its two groups. */
    private record Pair(String rule, String onSource, String onTarget) {}

    /** @param groups ARNs of the groups on the target's stores by those of the same service on the source's */
    public static ForwardRules find(ElasticLoadBalancingV2Client balancers, Map<String, String> groups) {
        return new ForwardRules(
                balancers,
                groups.entrySet().stream()
                        .flatMap(group -> rules(balancers, group.getKey()).stream()
                                .map(rule -> new Pair(rule.ruleArn(), group.getKey(), group.getValue())))
                        .toList());
    }

    /** None where the group has been deleted. */
    private static List<Rule> rules(ElasticLoadBalancingV2Client balancers, String group) {
        try {
            return rulesTo(balancers, group);
        } catch (TargetGroupNotFoundException deleted) {
            return List.of();
        }
    }

    private static List<Rule> rulesTo(ElasticLoadBalancingV2Client balancers, String group) {
        return balancers.describeTargetGroups(request -> request.targetGroupArns(group)).targetGroups().stream()
                .flatMap(found -> found.loadBalancerArns().stream())
                .flatMap(balancer ->
                        balancers
                                .describeListenersPaginator(request -> request.loadBalancerArn(balancer))
                                .listeners()
                                .stream())
                .flatMap(listener ->
                        balancers
                                .describeRules(request -> request.listenerArn(listener.listenerArn()))
                                .rules()
                                .stream())
                .filter(rule -> leadsTo(rule, group))
                .toList();
    }

    private static boolean leadsTo(Rule rule, String group) {
        return rule.actions().stream()
                .filter(action -> action.forwardConfig() != null)
                .flatMap(action -> action.forwardConfig().targetGroups().stream())
                .map(TargetGroupTuple::targetGroupArn)
                .anyMatch(group::equals);
    }

    /** All requests go to the services that use the stores of the source. */
    public void leadToTheSource() {
        pairs.forEach(pair -> lead(pair, pair.onSource()));
    }

    /** All requests go to the services that use the stores of the target. */
    public void leadToTheTarget() {
        pairs.forEach(pair -> lead(pair, pair.onTarget()));
    }

    private void lead(Pair pair, String group) {
        Action action = Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(config ->
                        config.targetGroups(weighted(pair.onSource(), group), weighted(pair.onTarget(), group)))
                .build();
        balancers.modifyRule(request -> request.ruleArn(pair.rule()).actions(action));
    }

    private static TargetGroupTuple weighted(String group, String chosen) {
        return TargetGroupTuple.builder()
                .targetGroupArn(group)
                .weight(group.equals(chosen) ? 1 : 0)
                .build();
    }
}
