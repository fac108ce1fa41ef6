package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedTraffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the load balancer listens, and the certificate that it shows there. */
record TargetListener(TargetSpec spec) {
    private static final String ZONE = "HostedZoneId";

    void addTo(Template template) {
        Object balancer = Intrinsic.ref("LoadBalancer");
        Optional<Object> certificate =
                traffic().certificate().<Object>map(arn -> arn).or(() -> make(template));
        template.add(certificate
                .map(arn -> Blueprint.named("listener-https")
                        .place("", Map.of("LoadBalancer", balancer, "Certificate", arn)))
                .orElseGet(() -> Blueprint.named("listener-http").place("", Map.of("LoadBalancer", balancer))));
    }

    private Optional<Object> make(Template template) {
        return traffic()
                .record()
                .filter(any -> spec.hostedZone().isPresent() && spec.asksFor("AWS::CertificateManager::Certificate"))
                .map(name -> {
                    zone(spec, template);
                    template.add(certificate(name));
                    return Intrinsic.ref("Certificate");
                });
    }

    /** The zone of the app's names, as a parameter of the template. */
    static Object zone(TargetSpec spec, Template template) {
        template.parameter(
                ZONE,
                "AWS::Route53::HostedZone::Id",
                spec.hostedZone().filter(known -> !known.equals(TargetSpec.SAID_LATER)));
        return Intrinsic.ref(ZONE);
    }

    private Piece certificate(String name) {
        Piece piece = Blueprint.named("certificate").place("", Map.of("Name", name, "HostedZone", Intrinsic.ref(ZONE)));
        List<String> others = otherNames(name);
        if (!others.isEmpty()) {
            piece.with("Certificate", "SubjectAlternativeNames", others)
                    .with(
                            "Certificate",
                            "DomainValidationOptions",
                            Stream.concat(Stream.of(name), others.stream())
                                    .map(each -> Intrinsic.ordered("DomainName", each, ZONE, Intrinsic.ref(ZONE)))
                                    .toList());
        }
        return piece;
    }

    /** Those that services are asked for under, as far as the zone can show that they are ours: a certificate waits for all its names. */
    private List<String> otherNames(String name) {
        String zone = traffic().zone().orElse(name);
        return spec.services().stream()
                .flatMap(service -> service.hosts().stream())
                .filter(host -> host.equals(zone) || host.endsWith("." + zone))
                .filter(host -> !host.equals(name))
                .distinct()
                .sorted()
                .toList();
    }

    private PlannedTraffic traffic() {
        return spec.plan().traffic();
    }
}
