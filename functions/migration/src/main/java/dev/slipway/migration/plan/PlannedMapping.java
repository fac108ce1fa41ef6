package dev.slipway.migration.plan;

/**
 * What takes the place of one part of the app or of what it runs on.
 *
 * @param from the part, by name and kind, e.g. {@code PostgreSQL (postgres)}
 * @param to the service of AWS, e.g. {@code Amazon RDS for PostgreSQL}
 * @param note what to know of it; may be empty
 */
public record PlannedMapping(String from, String to, String note) {}
