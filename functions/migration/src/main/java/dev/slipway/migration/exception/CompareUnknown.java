package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** Source and target could not be compared to the end. */
public final class CompareUnknown extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public CompareUnknown(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public CompareUnknown(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
