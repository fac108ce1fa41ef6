package dev.slipway.report;

import dev.slipway.migration.ShiftDecision;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of the weight, or one look at the gate. What was not measured is empty.
 *
 * @param weight percent of the traffic that went to the new side when it was decided
 * @param requests that the new side answered since the weight was set
 * @param errors of those, answers with a status of 500 and above that were not refusals
 * @param errorShare errors by requests, between 0 and 1; empty where there was no request
 * @param readOnlyRefusals writes answered 503 because both sides were read-only; no errors
 * @param reason the measurement and the limit it was held against
 */
public record WeightStep(
        Instant at,
        int weight,
        Optional<Long> requests,
        Optional<Long> errors,
        Optional<Double> errorShare,
        Optional<Long> readOnlyRefusals,
        ShiftDecision.Decision decision,
        String reason) {

    public WeightStep {
        reason = Redaction.of(reason);
    }
}
