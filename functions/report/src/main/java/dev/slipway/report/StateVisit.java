package dev.slipway.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One visit of the machine to a state. A loop visits its states many times.
 *
 * @param exited empty while the state is still at work, as the one that writes the report is
 * @param outcome empty while the state is still at work
 * @param tries how often the state's task was started, 1 without a retry
 */
public record StateVisit(String state, Instant entered, Optional<Instant> exited, Optional<Ending> outcome, int tries) {

    /** A visit that has ended. */
    public static StateVisit ended(String state, Instant entered, Instant exited, Ending outcome, int tries) {
        return new StateVisit(state, entered, Optional.of(exited), Optional.of(outcome), tries);
    }

    /** A visit that goes on. */
    public static StateVisit open(String state, Instant entered, int tries) {
        return new StateVisit(state, entered, Optional.empty(), Optional.empty(), tries);
    }

    /** How long the visit took, or has taken by the given time. */
    public Duration lasted(Instant until) {
        return Duration.between(entered, exited.orElse(until));
    }

    /** How a visit ended. */
    public enum Ending {
        OK,
        FAILED,
        ABORTED
    }
}
