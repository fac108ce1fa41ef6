package dev.slipway.account;

import dev.slipway.migration.exception.InvalidSpec;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZone;

/** The public hosted zones of the account. */
public record HostedZones(Route53Client route53) {

    /**
     * The zone's id.
     *
     * @param zone its name, with or without a dot at its end
     * @throws InvalidSpec if the account has none of that name
     */
    public String id(String zone) {
        return route53.listHostedZonesByName(request -> request.dnsName(dotted(zone))).hostedZones().stream()
                .filter(found -> found.name().equals(dotted(zone)))
                .filter(found -> !isPrivate(found))
                .map(HostedZone::id)
                .map(id -> id.replace("/hostedzone/", ""))
                .findFirst()
                .orElseThrow(() -> new InvalidSpec(
                        "find the hosted zone " + zone,
                        "this account has no public one of that name",
                        "create it in Route 53 or correct traffic.zone in slipway.yaml"));
    }

    private static boolean isPrivate(HostedZone zone) {
        return zone.config() != null && Boolean.TRUE.equals(zone.config().privateZone());
    }

    /** As Route 53 writes names. */
    public static String dotted(String name) {
        return name.endsWith(".") ? name : name + ".";
    }
}
