package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** The new side's services did not become healthy. */
public final class DeployFailed extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public DeployFailed(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public DeployFailed(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
