package dev.slipway.steps;

/**
 * A turn of an app's logins, as its row has it.
 *
 * @param number counts from 1
 * @param attempt of the migration that made the target
 * @param login the one that the app is to come by, 1 or 2
 * @param execution that holds it
 */
record Turn(int number, int attempt, int login, Stage stage, String execution) {
    private static final int BOTH = 3;

    /** Where it stands; each value says what is true in it. Persisted by name. */
    enum Stage {
        /** The login may have another password; no task has it. */
        BEGUN,
        /** New tasks may have the login, others the one before: neither may have another password. */
        GIVEN,
        /** New tasks may have the login before again, others that of the turn: neither may have another password. */
        RETURNING,
        /** All tasks have the login that the app's secret has. */
        SETTLED
    }

    /** The one that the app came by when the turn was begun. */
    int loginBefore() {
        return BOTH - login;
    }

    Turn heldBy(String other) {
        return new Turn(number, attempt, login, stage, other);
    }

    Turn at(Stage reached) {
        return new Turn(number, attempt, login, reached, execution);
    }
}
