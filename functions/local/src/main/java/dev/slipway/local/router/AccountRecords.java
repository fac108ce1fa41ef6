package dev.slipway.local.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Reads all hosted zones of the account. */
final class AccountRecords implements Supplier<NameRecords> {
    private static final Set<RRType> FOLLOWED = Set.of(RRType.A, RRType.CNAME);
    private static final String DUAL_STACK = "dualstack.";

    private final Route53Client route53;

    AccountRecords(Route53Client route53) {
        this.route53 = route53;
    }

    @Override
    public NameRecords get() {
        Map<String, List<NameRecords.Weighted>> byName = new HashMap<>();
        for (HostedZone zone : route53.listHostedZonesPaginator().hostedZones()) {
            route53
                    .listResourceRecordSetsPaginator(request -> request.hostedZoneId(zone.id()))
                    .resourceRecordSets()
                    .stream()
                    .filter(set -> FOLLOWED.contains(set.type()))
                    .forEach(set -> byName.computeIfAbsent(plain(set.name()), name -> new ArrayList<>())
                            .addAll(weighted(set)));
        }
        return new NameRecords(byName);
    }

    private static List<NameRecords.Weighted> weighted(ResourceRecordSet set) {
        long weight = set.weight() == null ? 1 : set.weight();
        if (set.aliasTarget() != null) {
            return List.of(new NameRecords.Weighted(plain(set.aliasTarget().dnsName()), weight));
        }
        return set.resourceRecords().stream()
                .map(ResourceRecord::value)
                .map(value -> new NameRecords.Weighted(plain(value), weight))
                .toList();
    }

    /** Names compare without case and without the dot of the root. */
    static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return lower.startsWith(DUAL_STACK) ? lower.substring(DUAL_STACK.length()) : lower;
    }
}
