package dev.slipway.migration;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far a worker is with one verb on one store, or, with a shard of it, how far those of all shards are together. */
public record StoreProgress(String store, StoreVerb verb, Instant at, Progress.Amount amount) {

    /** One for each store and verb, where several workers do the same. */
    public static Collection<StoreProgress> together(List<StoreProgress> each) {
        Map<String, StoreProgress> sums = new LinkedHashMap<>();
        each.forEach(one -> sums.merge(one.store + "/" + one.verb, one, StoreProgress::plus));
        return sums.values();
    }

    private StoreProgress plus(StoreProgress other) {
        StoreProgress last = at.isAfter(other.at) ? this : other;
        return new StoreProgress(store, verb, last.at, amount.plus(other.amount, last.amount.what()));
    }
}
