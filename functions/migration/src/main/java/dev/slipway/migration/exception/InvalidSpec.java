package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** The compose file or slipway.yaml cannot be read or says something impossible. */
public final class InvalidSpec extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public InvalidSpec(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public InvalidSpec(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
