package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedResource;
import java.util.Map;
import java.util.Optional;

/** What makes the domain of the app's mail known to Amazon SES. */
record TargetMail(TargetSpec spec) {
    private static final String IDENTITY = "AWS::SES::EmailIdentity";

    void addTo(Template template) {
        if (isMade()) {
            template.add(Blueprint.named("mail")
                    .place("", Map.of("Domain", sender(), "HostedZone", TargetListener.zone(spec, template))));
        }
    }

    private boolean isMade() {
        return isInZone(spec) && spec.hostedZone().isPresent() && !spec.mailKnown();
    }

    /** Whether the plan wants a domain to be known that records in the app's zone can show. */
    static boolean isInZone(TargetSpec spec) {
        Optional<String> zone = spec.plan().traffic().zone();
        return zone.isPresent() && planned(spec).equals(zone);
    }

    /** What mail comes from; an asterisk where nothing says it. */
    String sender() {
        return planned(spec).filter(name -> name.contains(".")).orElse("*");
    }

    private static Optional<String> planned(TargetSpec spec) {
        return spec.plan().resources().stream()
                .filter(resource -> resource.type().equals(IDENTITY))
                .map(PlannedResource::name)
                .findFirst();
    }
}
