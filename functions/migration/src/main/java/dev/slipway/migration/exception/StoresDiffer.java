package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** Source and target were compared and are different. */
public final class StoresDiffer extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public StoresDiffer(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public StoresDiffer(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
