package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** A store could not be copied. */
public final class CopyFailed extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public CopyFailed(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public CopyFailed(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
