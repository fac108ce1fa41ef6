package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** The input to a command, a step or a machine cannot be used as it is. */
public final class InvalidInput extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public InvalidInput(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public InvalidInput(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
