package dev.slipway.steps;

import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.ExamplePlan;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.List;
import java.util.Optional;

/** Plans with as little in them as a test needs. */
final class Plans {
    static final double ALLOWED_ERROR_SHARE = 0.01;

    private Plans() {}

    static Plan of(PlannedVariable... environment) {
        return ExamplePlan.of("crp-preschool").environment(List.of(environment)).plan();
    }

    /** A variable whose value on the target is made from that text. */
    static PlannedVariable variable(String service, String name, String to) {
        return new PlannedVariable(
                service,
                name,
                Optional.empty(),
                Optional.of(new SecretTemplate(to)),
                Optional.empty(),
                Optional.empty());
    }

    /** A variable that the app's secret holds under that key. */
    static PlannedVariable secret(String service, String name, String key) {
        return new PlannedVariable(
                service,
                name,
                Optional.empty(),
                Optional.of(SecretTemplate.reference(key)),
                Optional.of(key),
                Optional.empty());
    }
}
