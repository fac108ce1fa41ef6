package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** A store did not answer or refused the login; trying again may help. */
public final class StoreUnreachable extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public StoreUnreachable(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public StoreUnreachable(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
