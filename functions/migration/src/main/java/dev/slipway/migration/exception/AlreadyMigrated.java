package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** The migration is past its cutover: the target is the writer. */
public final class AlreadyMigrated extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public AlreadyMigrated(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public AlreadyMigrated(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
