package dev.slipway.compose;

import dev.slipway.migration.exception.InvalidSpec;
import org.jspecify.annotations.Nullable;

/** A place in a file; lines count from 1. */
record Position(String file, int line) {

    InvalidSpec invalid(String failed, String remedy) {
        return invalid(failed, remedy, null);
    }

    InvalidSpec invalid(String failed, String remedy, @Nullable Throwable cause) {
        return new InvalidSpec("read " + this, failed, remedy, cause);
    }

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
