package dev.slipway.migration.plan;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** The times around the cutover, in seconds: see {@link dev.slipway.migration.spec.Spec}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PlannedCutover(long maxPauseSeconds, long soakSeconds, long holdSeconds) {}
