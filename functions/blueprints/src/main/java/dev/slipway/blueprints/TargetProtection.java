package dev.slipway.blueprints;

import dev.slipway.migration.spec.Protection;
import java.util.Map;

/** What watches over the account, where it was asked for and the account does not have it. */
record TargetProtection(TargetSpec spec) {

    void addTo(Template template) {
        spec.plan().target().protection().stream()
                .filter(protection -> !spec.present().contains(protection))
                .distinct()
                .forEach(protection -> add(template, protection));
    }

    private void add(Template template, Protection protection) {
        Map<String, Object> app = Map.of("App", spec.plan().app());
        switch (protection) {
            case GUARDDUTY -> template.add(Blueprint.named("guardduty").place("", Map.of()));
            case CLOUDTRAIL -> template.add(Blueprint.named("cloudtrail").place("", app));
            case CONFIG -> template.add(Blueprint.named("config").place("", Map.of()));
            case BACKUP -> template.add(Blueprint.named("backup").place("", app));
            case INSPECTOR -> {
                // CloudFormation has no type that turns it on: the plan says how.
            }
        }
    }
}
