package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** Another execution holds the migration. */
public final class MigrationLocked extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public MigrationLocked(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public MigrationLocked(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
