package dev.slipway.blueprints;

import dev.slipway.migration.exception.PlanBlocked;

/** Chooses, names and wires the blueprints of a target into one CloudFormation template. */
public final class TargetTemplate {
    private TargetTemplate() {}

    /**
     * The template as JSON text. The same target always gives the same text, so that no change makes no change set.
     *
     * @throws PlanBlocked if CloudFormation does not take as much in one stack
     */
    public static String of(TargetSpec spec) {
        return assemble(spec).json();
    }

    /** The parts in their places, within what a stack may hold. */
    static Template assemble(TargetSpec spec) {
        Template template = new Template(spec.plan().app());
        new TargetNetwork(spec).addTo(template);
        new TargetStores(spec).addTo(template);
        new TargetAccess(spec).addTo(template);
        new TargetBalancer(spec).addTo(template);
        addWhatRuns(spec, template);
        new TargetMail(spec).addTo(template);
        new TargetExperiments(spec).addTo(template);
        new TargetWatch(spec).addTo(template);
        template.dropUnusedParameters();
        template.requireTakenByCloudFormation();
        return template;
    }

    private static void addWhatRuns(TargetSpec spec, Template template) {
        switch (spec.plan().target().compute()) {
            case EKS -> {
                new TargetCluster(spec).addTo(template);
                new TargetDelivery(spec).addTo(template);
            }
            case SERVERS -> new TargetServers(spec).addTo(template);
            case FARGATE, NONE -> {
                new TargetServices(spec).addTo(template);
                new TargetDelivery(spec).addTo(template);
            }
        }
    }
}
