package dev.slipway.worker;

import dev.slipway.account.ForwardRules;
import dev.slipway.account.TrafficRecord;
import dev.slipway.blueprints.ForerunnerGroups;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.InvalidSpec;
import dev.slipway.migration.plan.Plan;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;

/**
 * Leads users to the side that takes the writes, in the moment in which it begins to. All that can be known before is read before. What
 * could not be changed then, the machine changes in one of its next states: this makes the pause shorter that users see.
 */
final class TrafficSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(TrafficSwitch.class);

    private final Runnable change;

    private TrafficSwitch(Runnable change) {
        this.change = change;
    }

    /**
     * To the target; empty where no record leads to the app. Puts the pair of records there of which the target's has no weight yet, so
     * that nobody remembers for long what answered before; an earlier worker's pair stays as it is. Where the traffic has come before,
     * the load balancer's rules change instead, which nobody remembers.
     */
    static Optional<TrafficSwitch> toTheTarget(
            Route53Client route53,
            ElasticLoadBalancingV2Client balancers,
            Attempt attempt,
            JsonArtifacts artifacts,
            Plan plan) {
        if (plan.traffic().record().isEmpty()) {
            return Optional.empty();
        }
        TargetOutputs outputs = artifacts.read(attempt.target(), TargetOutputs.class);
        if (plan.isComputeFirst()) {
            ForwardRules rules = ForwardRules.find(balancers, ForerunnerGroups.of(plan, outputs));
            return Optional.of(new TrafficSwitch(rules::leadToTheTarget));
        }
        TrafficRecord record = TrafficRecord.of(route53, plan);
        TrafficRecord.NewSide target = TrafficRecord.NewSide.of(outputs);
        boolean isFirst = TrafficRecord.Original.noted(attempt, artifacts).isEmpty();
        TrafficRecord.Original original = record.original(attempt, artifacts);
        if (isFirst) {
            record.shift(original, target, 0);
        }
        int weight = plan.traffic().weights().getFirst();
        return Optional.of(new TrafficSwitch(() -> record.shift(original, target, weight)));
    }

    /** To the source; empty where no traffic has ever left it, or where this is not to be had: the writes go back all the same. */
    static Optional<TrafficSwitch> toTheSource(
            Route53Client route53, Attempt attempt, JsonArtifacts artifacts, Plan plan) {
        try {
            return TrafficRecord.Original.noted(attempt, artifacts).map(original -> {
                TrafficRecord record = TrafficRecord.of(route53, plan);
                return new TrafficSwitch(() -> record.restore(original));
            });
        } catch (SdkException | InvalidSpec later) {
            LOG.warn("The traffic is not switched at once: {}", later.getMessage());
            return Optional.empty();
        }
    }

    void now() {
        try {
            change.run();
        } catch (SdkException later) {
            LOG.warn("The traffic was not switched at once: {}", later.getMessage());
        }
    }
}
