package dev.slipway.migration;

/** One thing that an inspection or a plan found, and what to do about it. */
public record Finding(Severity severity, String subject, String message) {

    public static Finding warning(String subject, String message) {
        return new Finding(Severity.WARNING, subject, message);
    }

    public static Finding blocker(String subject, String message) {
        return new Finding(Severity.BLOCKER, subject, message);
    }
}
