package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** The measurements do not allow the next weight, or are missing. */
public final class GateFailed extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public GateFailed(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public GateFailed(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
