package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** A worker's task ended before it answered its token. */
public final class WorkerStopped extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public WorkerStopped(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public WorkerStopped(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
