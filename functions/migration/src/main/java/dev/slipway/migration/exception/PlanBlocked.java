package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** The plan has blockers: nothing may be done until they are gone. */
public final class PlanBlocked extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public PlanBlocked(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public PlanBlocked(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
