package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** A target holds data that this migration did not make. */
public final class TargetNotEmpty extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public TargetNotEmpty(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public TargetNotEmpty(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
