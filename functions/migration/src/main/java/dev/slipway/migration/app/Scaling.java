package dev.slipway.migration.app;

/**
 * How the number of a service's tasks follows its load.
 *
 * @param cpuPercent the mean use of its processors that is kept
 */
public record Scaling(int least, int most, int cpuPercent) {}
