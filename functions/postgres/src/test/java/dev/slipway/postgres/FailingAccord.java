package dev.slipway.postgres;

import dev.slipway.migration.Accord;

/** Answers the last question of a turn, when the stream has been turned and its side is to open, by a failure. */
final class FailingAccord extends Accord.Alone {
    private final RuntimeException failure;

    FailingAccord(RuntimeException failure) {
        this.failure = failure;
    }

    @Override
    public boolean mayOpen() {
        throw failure;
    }
}
