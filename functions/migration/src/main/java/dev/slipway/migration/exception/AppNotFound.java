package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** No app of that name was uploaded. */
public final class AppNotFound extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public AppNotFound(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public AppNotFound(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
