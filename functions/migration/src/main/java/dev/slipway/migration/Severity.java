package dev.slipway.migration;

/** How much a finding matters. */
public enum Severity {
    /** What a person should know. */
    WARNING,
    /** What stops the run. */
    BLOCKER
}
