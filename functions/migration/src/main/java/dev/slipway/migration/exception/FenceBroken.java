package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** Writes to a store were possible while they were believed to be fenced. */
public final class FenceBroken extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public FenceBroken(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public FenceBroken(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
