package dev.slipway.migration.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What watches over an account. Each is off unless it is asked for, and left alone where the account has it. */
public enum Protection {
    @JsonProperty("guardduty")
    GUARDDUTY,
    @JsonProperty("cloudtrail")
    CLOUDTRAIL,
    @JsonProperty("config")
    CONFIG,
    @JsonProperty("inspector")
    INSPECTOR,
    @JsonProperty("backup")
    BACKUP
}
