package dev.slipway.migration.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a run keeps one writer while the traffic shifts. */
public enum Strategy {
    /** Both sides are read-only while the weights rise; Cut over opens the target. */
    @JsonProperty("freeze")
    FREEZE,
    /** The copy follows live, a short cutover, then all traffic. */
    @JsonProperty("switch")
    SWITCH,
    /** New services run against the source's stores while traffic shifts; one short cutover comes last. */
    @JsonProperty("compute-first")
    COMPUTE_FIRST;

    /** As it stands in slipway.yaml. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
