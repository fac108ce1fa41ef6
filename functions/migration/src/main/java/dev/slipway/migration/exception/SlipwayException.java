package dev.slipway.migration.exception;

import org.jspecify.annotations.Nullable;

/** A failure a person can act on: its message is one line that says what was tried, what failed and what to do. */
public abstract class SlipwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected SlipwayException(String tried, String failed, String remedy) {
        this(tried, failed, remedy, null);
    }

    protected SlipwayException(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super("Tried to " + oneLine(tried) + " but " + oneLine(failed) + ": " + oneLine(remedy), cause);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
