package dev.slipway.worker;

/** What a command's exit says. */
public final class ExitCode {
    /** Done, or same. */
    public static final int DONE = 0;

    /** Different, or rolled back. */
    public static final int DIFFERENT = 1;

    /** It could not be done, read or told. */
    public static final int NOT_DONE = 2;

    private ExitCode() {}
}
