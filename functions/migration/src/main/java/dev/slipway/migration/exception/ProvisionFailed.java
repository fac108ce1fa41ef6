package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** The target's stack could not be made. */
public final class ProvisionFailed extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public ProvisionFailed(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public ProvisionFailed(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
