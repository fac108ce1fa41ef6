package dev.slipway.steps;

import dev.slipway.migration.Attempt;
import dev.slipway.migration.Phase;
import dev.slipway.migration.exception.StaleAttempt;
import java.util.Optional;
import java.util.Set;

/** The rows of the migrations: each is its migration's lock and phase. */
interface Migrations {

    Optional<Row> find(String app);

    /**
     * Moves the phase on, if this attempt still holds the migration and its phase is one of those, or already the new one.
     *
     * @throws StaleAttempt if not
     */
    void advance(Attempt attempt, Set<Phase> from, Phase to);

    /** A migration as its row has it. */
    record Row(Attempt attempt, Phase phase, String execution) {}
}
