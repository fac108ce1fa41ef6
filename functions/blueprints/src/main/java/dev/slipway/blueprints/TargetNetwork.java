package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.spec.Nat;
import dev.slipway.migration.spec.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The network: two zones with a public and two private subnets each, or one that is there already. */
record TargetNetwork(TargetSpec spec) {
    static final Object VPC = Intrinsic.ref("Vpc");

    private static final List<String> ZONES = List.of("ZoneA", "ZoneB");
    private static final String SUBNET = "AWS::EC2::Subnet::Id";

    /** The subnet of each zone, of a kind as the blueprint calls it, e.g. {@code StoresSubnet}. */
    static List<Object> subnets(String kind) {
        return each(kind);
    }

    /** What needs a network's way to the internet before it can be made. */
    static List<String> internet(TargetSpec spec) {
        return spec.plan().target().network().existing().isPresent() ? List.of() : List.of("InternetGatewayAttachment");
    }

    void addTo(Template template) {
        network().existing().ifPresentOrElse(existing -> addParameters(template, existing), () -> make(template));
    }

    private void make(Template template) {
        template.add(
                Blueprint.named("network").place("", Map.of("Cidr", network().cidr())));
        ZONES.forEach(zone -> template.add(zone(zone)));
        template.add(gateway("S3", "s3"));
        switch (nat()) {
            case ONE, EACH -> ZONES.forEach(zone -> addWayOut(template, zone));
            case NONE -> addEndpoints(template);
        }
        if (spec.asksFor("AWS::EC2::FlowLog")) {
            template.add(Blueprint.named("flow-log").place("", Map.of("Vpc", VPC)));
        }
    }

    /** By parameters, which CloudFormation looks up before it makes anything. */
    private static void addParameters(Template template, Network.Existing existing) {
        template.parameter("Vpc", "AWS::EC2::VPC::Id", Optional.of(existing.vpc()));
        for (String zone : ZONES) {
            int number = ZONES.indexOf(zone);
            Optional<String> inner = Optional.of(existing.privateSubnets().get(number));
            template.parameter(
                    zone + "PublicSubnet",
                    SUBNET,
                    Optional.of(existing.publicSubnets().get(number)));
            template.parameter(zone + "ServicesSubnet", SUBNET, inner);
            template.parameter(zone + "StoresSubnet", SUBNET, inner);
        }
    }

    private Piece zone(String zone) {
        int number = ZONES.indexOf(zone);
        String beginning = network().cidr().replaceFirst("\\.0\\.0/16$", ".");
        return Blueprint.named("zone")
                .place(
                        zone,
                        Map.of(
                                "Vpc",
                                VPC,
                                "Zone",
                                number,
                                "PublicCidr",
                                beginning + number + ".0/24",
                                "ServicesCidr",
                                beginning + (16 + 16 * number) + ".0/20",
                                "StoresCidr",
                                beginning + (8 + number) + ".0/24",
                                "PublicRoutes",
                                Intrinsic.ref("PublicRoutes")));
    }

    private void addWayOut(Template template, String zone) {
        boolean own = nat() == Nat.EACH || zone.equals(ZONES.getFirst());
        if (own) {
            template.add(Blueprint.named("nat")
                    .place(zone, Map.of("PublicSubnet", Intrinsic.ref(zone + "PublicSubnet")))
                    .after("NatGateway", internet(spec)));
        }
        Object nat = Intrinsic.ref((own ? zone : ZONES.getFirst()) + "NatGateway");
        template.add(Blueprint.named("way-out")
                .place(zone, Map.of("Routes", Intrinsic.ref(zone + "ServicesRoutes"), "NatGateway", nat)));
    }

    private void addEndpoints(Template template) {
        template.add(gateway("DynamoDb", "dynamodb"));
        template.add(Blueprint.named("endpoint-group")
                .place("", Map.of("Vpc", VPC, "Cidr", network().cidr())));
        spec.plan().resources().stream()
                .filter(resource -> resource.type().equals("AWS::EC2::VPCEndpoint"))
                .map(PlannedResource::name)
                .forEach(service -> template.add(Blueprint.named("endpoint-interface")
                        .place(
                                LogicalName.of(service),
                                Map.of(
                                        "Vpc",
                                        VPC,
                                        "Service",
                                        service,
                                        "Subnets",
                                        subnets("ServicesSubnet"),
                                        "SecurityGroup",
                                        Intrinsic.attribute("EndpointsSecurityGroup.GroupId")))));
    }

    private static Piece gateway(String prefix, String service) {
        List<Object> routes = Stream.of("ServicesRoutes", "StoresRoutes")
                .flatMap(kind -> each(kind).stream())
                .toList();
        return Blueprint.named("endpoint-gateway")
                .place(prefix, Map.of("Vpc", VPC, "Service", service, "RouteTables", routes));
    }

    private static List<Object> each(String kind) {
        return ZONES.stream().<Object>map(zone -> Intrinsic.ref(zone + kind)).toList();
    }

    private Nat nat() {
        return spec.plan().target().nat();
    }

    private Network network() {
        return spec.plan().target().network();
    }
}
