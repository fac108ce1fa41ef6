package dev.slipway.migration;

import java.time.Instant;

/** How far a worker is with one verb on one store. */
public record StoreProgress(String store, StoreVerb verb, Instant at, Progress.Amount amount) {}
