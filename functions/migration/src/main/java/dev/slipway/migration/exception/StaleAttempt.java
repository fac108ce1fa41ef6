package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** A newer attempt holds the migration: this one may not change it. */
public final class StaleAttempt extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public StaleAttempt(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public StaleAttempt(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
