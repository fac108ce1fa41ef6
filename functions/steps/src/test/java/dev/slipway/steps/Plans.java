package dev.slipway.steps;

import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedCutover;
import dev.slipway.migration.plan.PlannedTraffic;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.plan.RunCost;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.migration.spec.Target;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Plans with as little in them as a test needs. */
final class Plans {
    static final double ALLOWED_ERROR_SHARE = 0.01;

    private Plans() {}

    static Plan of(PlannedVariable... environment) {
        return new Plan(
                "crp-preschool",
                "slipway/apps/crp-preschool",
                Target.DEFAULT,
                Strategy.FREEZE,
                "the only one",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(environment),
                new PlannedTraffic(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(50, 100),
                        300,
                        ALLOWED_ERROR_SHARE,
                        Optional.empty(),
                        1),
                new PlannedCutover(60, 0, 0),
                false,
                Optional.empty(),
                List.of(),
                new Cost(
                        BigDecimal.ZERO,
                        "2026-11-01",
                        "us-east-1",
                        "a test",
                        List.of(),
                        List.of(),
                        List.of(),
                        new RunCost(BigDecimal.ZERO, 0, List.of(), List.of(), List.of()),
                        List.of(),
                        List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
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
