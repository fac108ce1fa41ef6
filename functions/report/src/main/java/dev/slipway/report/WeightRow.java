package dev.slipway.report;

import dev.slipway.migration.ShiftDecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One weight of the new side: when it was set, what the gate last measured at it, and what it decided. What was not measured is empty. */
record WeightRow(
        String at,
        String weight,
        Optional<String> held,
        Optional<String> requests,
        Optional<String> errors,
        Optional<String> share,
        Optional<String> refusals,
        Badge decision,
        String reason) {

    /** @param steps in the order of time */
    static List<WeightRow> of(List<WeightStep> steps) {
        List<List<WeightStep>> weights = new ArrayList<>();
        for (WeightStep step : steps) {
            if (weights.isEmpty() || begins(step, weights.getLast().getLast())) {
                weights.add(new ArrayList<>());
            }
            weights.getLast().add(step);
        }
        return weights.stream().map(WeightRow::row).toList();
    }

    private static boolean begins(WeightStep step, WeightStep before) {
        return step.decision() == ShiftDecision.Decision.RAISE
                || step.decision() == ShiftDecision.Decision.RETURN
                || step.weight() != before.weight();
    }

    private static WeightRow row(List<WeightStep> steps) {
        WeightStep last = steps.getLast();
        long waits = steps.stream()
                .filter(it -> it.decision() == ShiftDecision.Decision.WAIT)
                .count();
        Duration held = Duration.between(steps.getFirst().at(), last.at());
        String waited = last.decision() == ShiftDecision.Decision.WAIT || waits == 0
                ? ""
                : waits == 1 ? "; waited once for it" : "; waited " + waits + " times for it";
        return new WeightRow(
                Page.time(steps.getFirst().at()),
                last.weight() + " %",
                Optional.of(held).filter(it -> !it.isZero()).map(Units::duration),
                last.requests().map(Units::count),
                last.errors().map(Units::count),
                last.errorShare().map(Units::percent),
                last.readOnlyRefusals().map(Units::count),
                Badge.of(last.decision()),
                last.reason() + waited);
    }
}
