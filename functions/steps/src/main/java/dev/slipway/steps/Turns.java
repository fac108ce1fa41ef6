package dev.slipway.steps;

import dev.slipway.migration.exception.MigrationLocked;
import dev.slipway.migration.exception.StaleAttempt;
import java.util.Optional;
import java.util.Set;

/** The rows of the turns of apps' logins: each is its turn's lock and stage. It stays when the turn is settled, for the next number. */
interface Turns {

    Optional<Turn> find(String app);

    /**
     * Puts a turn in the place of the one that was found.
     *
     * @throws MigrationLocked if another one stands there by now
     */
    void take(String app, Optional<Turn> found, Turn turn);

    /**
     * The turn that this execution holds.
     *
     * @throws StaleAttempt if it holds none, or one at another stage
     */
    default Turn require(String app, String execution, Set<Turn.Stage> at) {
        return find(app)
                .filter(turn -> turn.execution().equals(execution))
                .filter(turn -> at.contains(turn.stage()))
                .orElseThrow(() -> stale(app));
    }

    static StaleAttempt stale(String app) {
        return new StaleAttempt(
                "go on with the turn of " + app + "'s logins",
                "another execution holds it",
                "nothing is to be done here");
    }

    /**
     * Moves the turn on, if this execution still holds it and it is at one of those stages, or already at the new one.
     *
     * @return the turn as it is then
     * @throws StaleAttempt if not
     */
    Turn advance(String app, String execution, Set<Turn.Stage> from, Turn.Stage to);
}
