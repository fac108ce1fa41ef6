package dev.slipway.local.router;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** Reads the account's load balancers: what they are every two seconds at most, how their targets are every second. */
final class AccountBalancers implements Balancers {
    private static final Duration SHAPE_AGE = Duration.ofSeconds(2);
    private static final Duration HEALTH_AGE = Duration.ofSeconds(1);
    private static final int LAST = Integer.MAX_VALUE;

    private final ElasticLoadBalancingV2Client client;
    private final Map<String, String> servers;
    private final InstantSource clock;
    private final Cached<List<Balancer>> balancers;
    private final Map<String, Cached<List<Balancer.Target>>> targets = new ConcurrentHashMap<>();

    /** @param servers addresses of instances by their ids */
    AccountBalancers(ElasticLoadBalancingV2Client client, Map<String, String> servers, InstantSource clock) {
        this.client = client;
        this.servers = Map.copyOf(servers);
        this.clock = clock;
        this.balancers = new Cached<>(this::describe, SHAPE_AGE, clock);
    }

    @Override
    public Optional<Balancer> named(String dnsName) {
        return balancers.get().stream()
                .filter(balancer -> balancer.dnsName().equals(dnsName))
                .findFirst();
    }

    @Override
    public List<Balancer.Target> targets(String group) {
        return targets.computeIfAbsent(group, arn -> new Cached<>(() -> health(arn), HEALTH_AGE, clock))
                .get();
    }

    @Override
    public Map<String, List<Balancer.Target>> groupsOf(String fullName) {
        return balancers.get().stream()
                .filter(balancer -> balancer.fullName().equals(fullName))
                .flatMap(balancer -> balancer.listeners().stream())
                .flatMap(listener -> listener.rules().stream())
                .map(Balancer.Rule::action)
                .filter(Balancer.Action.Forward.class::isInstance)
                .flatMap(action -> ((Balancer.Action.Forward) action).groups().stream())
                .map(Balancer.Group::arn)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), this::targets));
    }

    private List<Balancer> describe() {
        return client.describeLoadBalancersPaginator().loadBalancers().stream()
                .map(this::balancer)
                .toList();
    }

    private Balancer balancer(LoadBalancer description) {
        String arn = description.loadBalancerArn();
        List<Balancer.Listener> listeners =
                client.describeListenersPaginator(request -> request.loadBalancerArn(arn)).listeners().stream()
                        .map(listener -> new Balancer.Listener(listener.port(), rules(listener)))
                        .toList();
        return new Balancer(
                AccountRecords.plain(description.dnsName()),
                arn.substring(arn.indexOf("loadbalancer/") + "loadbalancer/".length()),
                listeners);
    }

    private List<Balancer.Rule> rules(Listener listener) {
        return client.describeRules(request -> request.listenerArn(listener.listenerArn())).rules().stream()
                .map(AccountBalancers::rule)
                .toList();
    }

    private static Balancer.Rule rule(Rule rule) {
        return new Balancer.Rule(
                rule.isDefault() ? LAST : Integer.parseInt(rule.priority()),
                values(rule, "path-pattern"),
                values(rule, "host-header"),
                action(rule.actions().getLast()));
    }

    private static List<String> values(Rule rule, String field) {
        return rule.conditions().stream()
                .filter(condition -> field.equals(condition.field()))
                .flatMap(condition -> valuesOf(condition).stream())
                .toList();
    }

    /** AWS names the values in both places, whichever was used to make the rule. */
    private static List<String> valuesOf(RuleCondition condition) {
        if (condition.hasValues()) {
            return condition.values();
        }
        return condition.pathPatternConfig() != null
                ? condition.pathPatternConfig().values()
                : condition.hostHeaderConfig().values();
    }

    private static Balancer.Action action(Action action) {
        if (action.type() == ActionTypeEnum.FIXED_RESPONSE) {
            String body = action.fixedResponseConfig().messageBody();
            return new Balancer.Action.Respond(
                    Integer.parseInt(action.fixedResponseConfig().statusCode()), body == null ? "" : body);
        }
        if (action.type() == ActionTypeEnum.REDIRECT) {
            return new Balancer.Action.Redirect(
                    Integer.parseInt(action.redirectConfig().port()));
        }
        if (action.type() != ActionTypeEnum.FORWARD) {
            return new Balancer.Action.Respond(
                    501, "the local router does not know the action " + action.typeAsString());
        }
        boolean several =
                action.forwardConfig() != null && action.forwardConfig().hasTargetGroups();
        return new Balancer.Action.Forward(
                several
                        ? action.forwardConfig().targetGroups().stream()
                                .map(group -> new Balancer.Group(
                                        group.targetGroupArn(), group.weight() == null ? 1 : group.weight()))
                                .toList()
                        : List.of(new Balancer.Group(action.targetGroupArn(), 1)));
    }

    private List<Balancer.Target> health(String group) {
        try {
            return client
                    .describeTargetHealth(request -> request.targetGroupArn(group))
                    .targetHealthDescriptions()
                    .stream()
                    .map(health -> new Balancer.Target(
                            servers.getOrDefault(
                                    health.target().id(), health.target().id()),
                            health.target().port(),
                            health.targetHealth().stateAsString()))
                    .toList();
        } catch (TargetGroupNotFoundException removedSince) {
            return List.of();
        }
    }
}
