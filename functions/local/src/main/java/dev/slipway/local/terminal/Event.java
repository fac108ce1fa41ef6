package dev.slipway.local.terminal;

import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreKind;
import dev.slipway.report.StateVisit;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Something that happened in a run and that a person wants to see. Events come in the order of their time. */
public sealed interface Event {
    Instant at();

    /**
     * The machine entered a state.
     *
     * @param tries how often the state's task was started, 1 for the first
     */
    record Entered(Instant at, String state, int tries) implements Event {}

    /** The machine left a state. */
    record Exited(Instant at, String state, StateVisit.Ending ending) implements Event {}

    /** A store's work in a state came this far. */
    record Moved(Instant at, String state, String store, StoreKind kind, Progress.Amount amount) implements Event {}

    /**
     * So much of the traffic goes to the new side.
     *
     * @param weight in percent
     * @param errorShare of the new side's requests, between 0 and 1; empty while it is not measured
     */
    record Shifted(Instant at, String state, int weight, Optional<Double> errorShare) implements Event {}

    /** These stores will be worked on; a state is over when all of them are. */
    record Planned(Instant at, Set<String> stores) implements Event {
        public Planned {
            stores = Set.copyOf(stores);
        }
    }

    /** One line for the reader. */
    record Said(Instant at, String text) implements Event {}
}
