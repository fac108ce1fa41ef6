package dev.slipway.account;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * One record set as it stood.
 *
 * @param ttl seconds; empty for an alias
 * @param alias the name that it stands for; empty where it has values
 * @param identifier among several of one name; empty for a simple record
 */
public record RecordEntry(
        String type,
        Optional<Long> ttl,
        List<String> values,
        Optional<Alias> alias,
        Optional<String> identifier,
        Optional<Long> weight) {
    public RecordEntry {
        values = List.copyOf(values);
    }

    /** A load balancer, say, and the hosted zone of its name. */
    public record Alias(String dnsName, String hostedZoneId, boolean evaluatesHealth) {}

    static RecordEntry of(ResourceRecordSet set) {
        return new RecordEntry(
                set.typeAsString(),
                Optional.ofNullable(set.ttl()),
                set.resourceRecords().stream().map(ResourceRecord::value).toList(),
                Optional.ofNullable(set.aliasTarget())
                        .map(alias -> new Alias(alias.dnsName(), alias.hostedZoneId(), alias.evaluateTargetHealth())),
                Optional.ofNullable(set.setIdentifier()),
                Optional.ofNullable(set.weight()));
    }

    /** Whether anybody is led to it. */
    boolean serves() {
        return identifier.isEmpty() || weight.filter(share -> share > 0).isPresent();
    }

    /** As it stood. */
    ResourceRecordSet set(String name) {
        ResourceRecordSet.Builder set = base(name);
        ttl.ifPresent(set::ttl);
        identifier.ifPresent(set::setIdentifier);
        weight.ifPresent(set::weight);
        return set.build();
    }

    /** The same answer as one of a weighted pair. */
    ResourceRecordSet weighted(String name, String pairIdentifier, long share, long longestTtl) {
        ResourceRecordSet.Builder set = base(name).setIdentifier(pairIdentifier).weight(share);
        ttl.ifPresent(seconds -> set.ttl(Math.min(seconds, longestTtl)));
        return set.build();
    }

    private ResourceRecordSet.Builder base(String name) {
        ResourceRecordSet.Builder set = ResourceRecordSet.builder().name(name).type(type);
        alias.ifPresent(target -> set.aliasTarget(to -> to.dnsName(target.dnsName())
                .hostedZoneId(target.hostedZoneId())
                .evaluateTargetHealth(target.evaluatesHealth())));
        if (!values.isEmpty()) {
            set.resourceRecords(values.stream()
                    .map(value -> ResourceRecord.builder().value(value).build())
                    .toList());
        }
        return set;
    }
}
