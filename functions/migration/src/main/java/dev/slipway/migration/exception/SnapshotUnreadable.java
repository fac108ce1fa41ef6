package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** The safety copy could not be read back as it was written. */
public final class SnapshotUnreadable extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public SnapshotUnreadable(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public SnapshotUnreadable(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
