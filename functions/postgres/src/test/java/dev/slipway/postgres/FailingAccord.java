package dev.slipway.postgres;

import dev.slipway.migration.Accord;

/** Answers the last question of a turn, when the stream has been turned and its side is to open, by a failure. */
record FailingAccord(RuntimeException failure) implements Accord {
    @Override
    public boolean mayFence() {
        return true;
    }

    @Override
    public void fenced() {}

    @Override
    public boolean othersFenced() {
        return true;
    }

    @Override
    public boolean mayOpen() {
        throw failure;
    }
}
