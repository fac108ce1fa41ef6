package dev.slipway.migration.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How large the target is made. */
public enum Size {
    /** One small instance of everything. */
    @JsonProperty("poc")
    POC,
    /** A standby for the database, two tasks a service. */
    @JsonProperty("small")
    SMALL,
    /** As small, on larger instances. */
    @JsonProperty("medium")
    MEDIUM
}
