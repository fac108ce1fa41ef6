package dev.slipway.migration.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which service of AWS takes a Postgres. */
public enum DatabaseService {
    /** An instance, with a standby from size {@code small} on. */
    @JsonProperty("rds")
    RDS,
    /** A cluster whose storage is its own in three zones. */
    @JsonProperty("aurora")
    AURORA
}
