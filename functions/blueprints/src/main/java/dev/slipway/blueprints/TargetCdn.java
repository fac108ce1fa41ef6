package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What shows a bucket to users, under a name of the zone where it has one. */
record TargetCdn(TargetSpec spec, PlannedStore store) {
    /** Those of a target. */
    static Stream<TargetCdn> of(TargetSpec spec) {
        return spec.stores().stream().filter(PlannedStore::hasCdn).map(store -> new TargetCdn(spec, store));
    }

    void addTo(Template template) {
        String bucket = prefix() + "Bucket";
        Piece cdn = Blueprint.named("cdn")
                .place(
                        prefix(),
                        Map.of(
                                "Bucket", Intrinsic.ref(bucket),
                                "BucketArn", Intrinsic.attribute(bucket + ".Arn"),
                                "BucketDomain", Intrinsic.attribute(bucket + ".RegionalDomainName"),
                                "What",
                                        "The bucket " + store.name() + " of "
                                                + spec.plan().app()));
        template.add(cdn);
        host().ifPresent(host -> addName(template, cdn, host));
    }

    /** The name under which it is shown; empty where no zone can show that it is ours. */
    Optional<String> host() {
        return store.options()
                .cdnHost()
                .filter(any -> spec.hostedZone().isPresent())
                .filter(host -> spec.plan()
                        .traffic()
                        .zone()
                        .filter(zone -> host.endsWith("." + zone))
                        .isPresent());
    }

    /** The certificate of its name, as a template of its own tells it to the target's. */
    void addCertificate(Template edge) {
        host().ifPresent(host -> edge.add(Blueprint.named("certificate-edge")
                .place(prefix() + "Cdn", Map.of("Name", host, "HostedZone", TargetListener.zone(spec, edge)))));
    }

    private void addName(Template template, Piece cdn, String host) {
        Object zone = TargetListener.zone(spec, template);
        Map<String, Object> shown = Blueprint.mapping(cdn.properties("Cdn").get("DistributionConfig"));
        shown.put("Aliases", List.of(host));
        Map<String, Object> certificate = Intrinsic.ordered(
                "AcmCertificateArn", certificate(template, host, zone), "MinimumProtocolVersion", "TLSv1.2_2021");
        certificate.put("SslSupportMethod", "sni-only");
        shown.put("ViewerCertificate", certificate);
        template.add(Blueprint.named("cdn-record")
                .place(
                        prefix(),
                        Map.of(
                                "HostedZone",
                                zone,
                                "Name",
                                host,
                                "Distribution",
                                Intrinsic.attribute(prefix() + "Cdn.DomainName"))));
    }

    /** Called the same whether the target makes it or is told of it. */
    private Object certificate(Template template, String host, Object zone) {
        String name = prefix() + "CdnCertificate";
        if (EdgeTemplate.isElsewhere(spec.plan())) {
            template.parameter(name, "String", Optional.ofNullable(spec.edge().get(name)));
        } else {
            template.add(
                    Blueprint.named("certificate").place(prefix() + "Cdn", Map.of("Name", host, "HostedZone", zone)));
        }
        return Intrinsic.ref(name);
    }

    private String prefix() {
        return TargetStores.prefix(store);
    }
}
