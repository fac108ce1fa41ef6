package dev.slipway.blueprints;

import dev.slipway.migration.spec.Size;
import java.util.List;
import java.util.Map;

/** The network: two zones with a public and two private subnets each. */
record TargetNetwork(TargetSpec spec) {
    static final Object VPC = Intrinsic.ref("Vpc");
    static final Object SERVICES = Intrinsic.attribute("ServicesSecurityGroup.GroupId");
    static final Object LOAD_BALANCER = Intrinsic.attribute("LoadBalancerSecurityGroup.GroupId");

    /** What needs the network's way to the internet before it can be made. */
    static final List<String> INTERNET = List.of("InternetGatewayAttachment");

    private static final List<String> ZONES = List.of("ZoneA", "ZoneB");

    /** The subnet of each zone, of a kind as the blueprint calls it, e.g. {@code StoresSubnet}. */
    static List<Object> subnets(String kind) {
        return ZONES.stream().<Object>map(zone -> Intrinsic.ref(zone + kind)).toList();
    }

    void addTo(Template template) {
        template.add(Blueprint.named("network").place("", Map.of()));
        ZONES.forEach(zone -> {
            template.add(zone(zone));
            if (hasOwnNat(zone)) {
                template.add(Blueprint.named("nat")
                        .place(zone, Map.of("PublicSubnet", Intrinsic.ref(zone + "PublicSubnet")))
                        .after("NatGateway", INTERNET));
            }
        });
    }

    private Piece zone(String zone) {
        int number = ZONES.indexOf(zone);
        return Blueprint.named("zone")
                .place(
                        zone,
                        Map.of(
                                "Vpc",
                                VPC,
                                "Zone",
                                number,
                                "PublicCidr",
                                "10.0." + number + ".0/24",
                                "ServicesCidr",
                                "10.0." + (16 + 16 * number) + ".0/20",
                                "StoresCidr",
                                "10.0." + (8 + number) + ".0/24",
                                "PublicRoutes",
                                Intrinsic.ref("PublicRoutes"),
                                "NatGateway",
                                Intrinsic.ref((hasOwnNat(zone) ? zone : "ZoneA") + "NatGateway")));
    }

    private boolean hasOwnNat(String zone) {
        return spec.size() != Size.POC || zone.equals("ZoneA");
    }
}
