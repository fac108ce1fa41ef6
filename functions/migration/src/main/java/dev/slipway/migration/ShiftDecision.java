package dev.slipway.migration;

import java.time.Instant;

/**
 * One change of the weight or one look at the gates, with the numbers it was made on.
 *
 * @param weight of the new side, in percent
 * @param requests that the new side answered since the weight was set; 0 where nothing was measured
 * @param errors of them that were server errors
 */
public record ShiftDecision(
        Instant at, int weight, Decision decision, long requests, long errors, long refusals, String reason) {

    /** What was decided. */
    public enum Decision {
        /** The weight was set. */
        RAISE,
        /** The measurements allow the next weight. */
        GO,
        /** Measurements are missing: look again. */
        WAIT,
        /** The measurements forbid it, or stayed missing. */
        STOP,
        /** All traffic went back to the source. */
        RETURN
    }

    /** Share of errors among the requests, from 0 to 1; 0 where there were no requests. */
    public double errorShare() {
        return requests == 0 ? 0 : (double) errors / requests;
    }
}
