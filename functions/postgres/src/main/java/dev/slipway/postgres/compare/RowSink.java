package dev.slipway.postgres.compare;

/** Takes the places of rows that differ; {@link RowPlace#NONE} for a side that does not have the row. */
@FunctionalInterface
interface RowSink {
    void add(long source, long target);
}
