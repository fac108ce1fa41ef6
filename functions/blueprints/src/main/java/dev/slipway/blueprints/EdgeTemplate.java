package dev.slipway.blueprints;

import dev.slipway.migration.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * What CloudFront takes from one region only, for a target that lives in another one: the certificates of its names, as a stack that
 * is made before the target's own and is removed after it. Its outputs are the target's parameters of the same names.
 */
public final class EdgeTemplate {
    /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html */
    public static final String REGION = "us-east-1";

    private EdgeTemplate() {}

    /** The name of its stack, which no app's own has: those are in small letters. Pipelines of several regions meet there. */
    public static String stack(Plan plan) {
        return "slipway-" + plan.app() + "-Edge-" + plan.target().region();
    }

    /** Whether the target's own region is another one, so that there may be such a stack. */
    public static boolean isElsewhere(Plan plan) {
        return !plan.target().region().equals(REGION);
    }

    /** The template as JSON text; empty where the target needs nothing there. */
    public static Optional<String> of(TargetSpec spec) {
        return assemble(spec).map(Template::json);
    }

    static Optional<Template> assemble(TargetSpec spec) {
        List<TargetCdn> shown = names(spec);
        if (shown.isEmpty() || !isElsewhere(spec.plan())) {
            return Optional.empty();
        }
        Template template = new Template(spec.plan().app());
        shown.forEach(cdn -> cdn.addCertificate(template));
        template.requireTakenByCloudFormation();
        return Optional.of(template);
    }

    private static List<TargetCdn> names(TargetSpec spec) {
        return TargetCdn.of(spec).filter(cdn -> cdn.host().isPresent()).toList();
    }
}
