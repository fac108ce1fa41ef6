package dev.slipway.account;

import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.InvalidSpec;
import dev.slipway.migration.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * The record that users call, in Route 53: a simple record or the pair of an earlier migration, which the first shift replaces by a
 * weighted pair in one change, and which a rollback puts back in one change.
 */
public final class TrafficRecord {
    private static final String OLD = "slipway-old";
    private static final String NEW = "slipway-new";
    private static final long SHORT_TTL_SECONDS = 60;

    private final Route53Client route53;
    private final String zoneId;
    private final String name;

    private TrafficRecord(Route53Client route53, String zoneId, String name) {
        this.route53 = route53;
        this.zoneId = zoneId;
        this.name = name;
    }

    /** What answered for the name before the first shift. */
    public record Original(List<RecordEntry> entries) {
        public Original {
            entries = List.copyOf(entries);
        }

        /** Empty where nothing has been shifted. */
        public static Optional<Original> noted(Attempt attempt, JsonArtifacts artifacts) {
            return artifacts.find(attempt.originalRecord(), Original.class);
        }

        /** The one that all traffic went to. */
        RecordEntry serving() {
            return entries.stream().filter(RecordEntry::serves).findFirst().orElseThrow();
        }
    }

    /** Where the new side answers: the load balancer's name and the hosted zone that its aliases need. */
    public record NewSide(String dnsName, String hostedZoneId) {
        /** As the target's stack has made it. */
        public static NewSide of(TargetOutputs target) {
            return new NewSide(target.value("LoadBalancerDnsName"), target.value("LoadBalancerHostedZoneId"));
        }
    }

    /** @throws InvalidSpec if the plan names no record, or its zone is not in this account */
    public static TrafficRecord of(Route53Client route53, Plan plan) {
        String record = plan.traffic()
                .record()
                .orElseThrow(() -> new InvalidSpec(
                        "shift the traffic of " + plan.app(),
                        "slipway.yaml names no traffic.record",
                        "write the name that users call, and its zone, under traffic"));
        String zone = plan.traffic().zone().orElse(record.substring(record.indexOf('.') + 1));
        return new TrafficRecord(route53, new HostedZones(route53).id(zone), HostedZones.dotted(record));
    }

    /**
     * What answers for the name now.
     *
     * @throws InvalidSpec unless it is one record: a simple one, or one of a pair whose other has no weight
     */
    public Original standing() {
        List<RecordEntry> entries = records().stream()
                .filter(set -> set.type() == RRType.A || set.type() == RRType.CNAME)
                .map(RecordEntry::of)
                .toList();
        if (entries.stream().filter(RecordEntry::serves).count() != 1
                || !entries.stream().allMatch(TrafficRecord::isReplaced)) {
            throw new InvalidSpec(
                    "shift the traffic of " + name,
                    entries.isEmpty()
                            ? "it has no A or CNAME record that leads to the old side"
                            : "several of its records answer, or some are of somebody else's routing",
                    "let one simple A or CNAME record lead to the old side first");
        }
        return new Original(entries);
    }

    /** The same as it was before the first shift, noted before that is touched. */
    public Original original(Attempt attempt, JsonArtifacts artifacts) {
        return Original.noted(attempt, artifacts).orElseGet(() -> {
            Original standing = standing();
            artifacts.write(attempt.originalRecord(), standing);
            return standing;
        });
    }

    private static boolean isReplaced(RecordEntry entry) {
        return entry.identifier().stream().allMatch(List.of(OLD, NEW)::contains);
    }

    /** Gives the new side that weight in percent, and the old side the rest, in one change. */
    public void shift(Original original, NewSide newSide, int weight) {
        RecordEntry serving = original.serving();
        List<Change> changes = new ArrayList<>();
        records().stream()
                .filter(set -> set.setIdentifier() == null && set.typeAsString().equals(serving.type()))
                .forEach(set -> changes.add(change(ChangeAction.DELETE, set)));
        changes.add(change(ChangeAction.UPSERT, serving.weighted(name, OLD, 100 - weight, SHORT_TTL_SECONDS)));
        changes.add(change(ChangeAction.UPSERT, fresh(serving.type(), newSide, weight)));
        apply(changes);
    }

    /** Puts back what stood; where it stands there is nothing to do. */
    public void restore(Original original) {
        List<ResourceRecordSet> earlier =
                original.entries().stream().map(entry -> entry.set(name)).toList();
        List<ResourceRecordSet> now = records();
        if (now.containsAll(earlier)) {
            return;
        }
        List<Change> changes = new ArrayList<>();
        now.stream()
                .filter(set -> OLD.equals(set.setIdentifier()) || NEW.equals(set.setIdentifier()))
                .filter(set ->
                        earlier.stream().noneMatch(other -> set.setIdentifier().equals(other.setIdentifier())))
                .forEach(set -> changes.add(change(ChangeAction.DELETE, set)));
        earlier.forEach(set -> changes.add(change(ChangeAction.UPSERT, set)));
        apply(changes);
    }

    private List<ResourceRecordSet> records() {
        return route53
                .listResourceRecordSets(request -> request.hostedZoneId(zoneId).startRecordName(name))
                .resourceRecordSets()
                .stream()
                .filter(set -> set.name().equals(name))
                .toList();
    }

    private void apply(List<Change> changes) {
        route53.changeResourceRecordSets(request -> request.hostedZoneId(zoneId)
                .changeBatch(batch -> batch.comment("Slipway").changes(changes)));
    }

    private ResourceRecordSet fresh(String type, NewSide newSide, long weight) {
        ResourceRecordSet.Builder set = ResourceRecordSet.builder()
                .name(name)
                .type(type)
                .setIdentifier(NEW)
                .weight(weight);
        return type.equals("CNAME")
                ? set.ttl(SHORT_TTL_SECONDS)
                        .resourceRecords(ResourceRecord.builder()
                                .value(newSide.dnsName())
                                .build())
                        .build()
                : set.aliasTarget(alias -> alias.dnsName(newSide.dnsName())
                                .hostedZoneId(newSide.hostedZoneId())
                                .evaluateTargetHealth(false))
                        .build();
    }

    private static Change change(ChangeAction action, ResourceRecordSet set) {
        return Change.builder().action(action).resourceRecordSet(set).build();
    }
}
