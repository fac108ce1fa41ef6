package dev.slipway.blueprints;

/** Chooses, names and wires the blueprints of a target into one CloudFormation template. */
public final class TargetTemplate {
    private TargetTemplate() {}

    /** The template as JSON text. The same target always gives the same text, so that no change makes no change set. */
    public static String of(TargetSpec spec) {
        Template template = new Template(spec.app());
        new TargetNetwork(spec).addTo(template);
        new TargetStores(spec).addTo(template);
        new TargetServices(spec).addTo(template);
        return template.json();
    }
}
