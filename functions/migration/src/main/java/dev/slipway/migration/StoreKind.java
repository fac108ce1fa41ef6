package dev.slipway.migration;

/** What engine a store needs. */
public enum StoreKind {
    POSTGRES,
    REDIS,
    OBJECTS
}
