package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What shows a bucket to users, under a name of the zone where it has one. */
record TargetCdn(TargetSpec spec, PlannedStore store) {
    /** The only region whose certificates CloudFront takes. */
    private static final String EDGE = "us-east-1";

    void addTo(Template template) {
        String prefix = TargetStores.prefix(store);
        String bucket = prefix + "Bucket";
        Piece cdn = Blueprint.named("cdn")
                .place(
                        prefix,
                        Map.of(
                                "Bucket", Intrinsic.ref(bucket),
                                "BucketArn", Intrinsic.attribute(bucket + ".Arn"),
                                "BucketDomain", Intrinsic.attribute(bucket + ".RegionalDomainName"),
                                "What",
                                        "The bucket " + store.name() + " of "
                                                + spec.plan().app()));
        template.add(cdn);
        host().ifPresent(host -> addName(template, cdn, prefix, host));
    }

    private Optional<String> host() {
        return store.options()
                .cdnHost()
                .filter(any -> spec.hostedZone().isPresent())
                .filter(any -> spec.plan().target().region().equals(EDGE))
                .filter(host -> spec.plan()
                        .traffic()
                        .zone()
                        .filter(zone -> host.endsWith("." + zone))
                        .isPresent());
    }

    private void addName(Template template, Piece cdn, String prefix, String host) {
        Object zone = TargetListener.zone(spec, template);
        template.add(Blueprint.named("certificate").place(prefix + "Cdn", Map.of("Name", host, "HostedZone", zone)));
        Map<String, Object> shown = Blueprint.mapping(cdn.properties("Cdn").get("DistributionConfig"));
        shown.put("Aliases", List.of(host));
        Map<String, Object> certificate = Intrinsic.ordered(
                "AcmCertificateArn",
                Intrinsic.ref(prefix + "CdnCertificate"),
                "MinimumProtocolVersion",
                "TLSv1.2_2021");
        certificate.put("SslSupportMethod", "sni-only");
        shown.put("ViewerCertificate", certificate);
        template.add(Blueprint.named("cdn-record")
                .place(
                        prefix,
                        Map.of(
                                "HostedZone",
                                zone,
                                "Name",
                                host,
                                "Distribution",
                                Intrinsic.attribute(prefix + "Cdn.DomainName"))));
    }
}
