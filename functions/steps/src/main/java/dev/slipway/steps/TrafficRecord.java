package dev.slipway.steps;

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
 * The record that users call, in Route 53: a simple record, which the first shift replaces by a weighted pair in one change, and
 * which a rollback puts back in one change.
 */
final class TrafficRecord {
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

    /** A simple record as it was: type, TTL in seconds, values. */
    record Original(String type, long ttl, List<String> values) {}

    /** Where the new side answers: the load balancer's name and the hosted zone that its aliases need. */
    record NewSide(String dnsName, String hostedZoneId) {}

    /** @throws InvalidSpec if the plan names no record, or its zone is not in this account */
    static TrafficRecord of(Route53Client route53, Plan plan) {
        String record = plan.traffic()
                .record()
                .orElseThrow(() -> new InvalidSpec(
                        "shift the traffic of " + plan.app(),
                        "slipway.yaml names no traffic.record",
                        "write the name that users call, and its zone, under traffic"));
        String zone = plan.traffic().zone().orElse(record.substring(record.indexOf('.') + 1));
        return new TrafficRecord(route53, new HostedZones(route53).id(zone), HostedZones.dotted(record));
    }

    /** The simple record, where there is one. */
    Optional<Original> simple() {
        return records().stream()
                .filter(set -> set.setIdentifier() == null)
                .filter(set -> set.type() == RRType.A || set.type() == RRType.CNAME)
                .map(set -> new Original(
                        set.typeAsString(),
                        set.ttl() == null ? SHORT_TTL_SECONDS : set.ttl(),
                        set.resourceRecords().stream()
                                .map(ResourceRecord::value)
                                .toList()))
                .findFirst();
    }

    /** Gives the new side that weight in percent, and the old side the rest, in one change. */
    void shift(Original original, NewSide newSide, int weight) {
        List<Change> changes = new ArrayList<>();
        records().stream()
                .filter(set -> set.setIdentifier() == null && set.typeAsString().equals(original.type()))
                .forEach(set -> changes.add(change(ChangeAction.DELETE, set)));
        changes.add(change(ChangeAction.UPSERT, old(original, 100 - weight)));
        changes.add(change(ChangeAction.UPSERT, fresh(original, newSide, weight)));
        apply(changes);
    }

    /** Puts the simple record back; where no weighted pair stands there is nothing to do. */
    void restore(Original original) {
        List<Change> changes = new ArrayList<>();
        records().stream()
                .filter(set -> OLD.equals(set.setIdentifier()) || NEW.equals(set.setIdentifier()))
                .forEach(set -> changes.add(change(ChangeAction.DELETE, set)));
        if (!changes.isEmpty()) {
            changes.add(change(ChangeAction.UPSERT, simple(original)));
            apply(changes);
        }
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

    private ResourceRecordSet simple(Original original) {
        return base(original).ttl(original.ttl()).build();
    }

    private ResourceRecordSet old(Original original, long weight) {
        return base(original)
                .ttl(Math.min(original.ttl(), SHORT_TTL_SECONDS))
                .setIdentifier(OLD)
                .weight(weight)
                .build();
    }

    private ResourceRecordSet.Builder base(Original original) {
        return ResourceRecordSet.builder()
                .name(name)
                .type(original.type())
                .resourceRecords(original.values().stream()
                        .map(value -> ResourceRecord.builder().value(value).build())
                        .toList());
    }

    private ResourceRecordSet fresh(Original original, NewSide newSide, long weight) {
        ResourceRecordSet.Builder set = ResourceRecordSet.builder()
                .name(name)
                .type(original.type())
                .setIdentifier(NEW)
                .weight(weight);
        return original.type().equals("CNAME")
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
