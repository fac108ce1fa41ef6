package dev.slipway.migration;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How far a worker is with one verb on one store, or, with a shard of it, how far those of all shards are together. */
public record StoreProgress(String store, StoreVerb verb, Instant at, Progress.Amount amount) {

    /**
     * One for each store and verb, where several workers do the same.
     *
     * @param shards those of a store, which a worker may not have begun yet
     */
    public static List<StoreProgress> together(
            List<StoreProgress> each, Function<String, List<ShardReference>> shards) {
        Map<String, List<StoreProgress>> workers = each.stream()
                .collect(Collectors.groupingBy(
                        one -> one.store + "/" + one.verb, LinkedHashMap::new, Collectors.toList()));
        return workers.values().stream().map(same -> sum(same, shards)).toList();
    }

    private static StoreProgress sum(List<StoreProgress> workers, Function<String, List<ShardReference>> shards) {
        StoreProgress sum = workers.stream().reduce(StoreProgress::plus).orElseThrow();
        if (sum.verb != StoreVerb.SHARD) {
            return sum;
        }
        List<ShardReference> all = shards.apply(sum.store);
        return workers.size() < all.size() ? sum.of(all) : sum;
    }

    /** By what whoever has cut the shards has estimated. */
    private StoreProgress of(List<ShardReference> shards) {
        long bytes = shards.stream().mapToLong(ShardReference::bytes).sum();
        return new StoreProgress(store, verb, at, amount.of(bytes));
    }

    private StoreProgress plus(StoreProgress other) {
        StoreProgress last = at.isAfter(other.at) ? this : other;
        return new StoreProgress(store, verb, last.at, amount.plus(other.amount, last.amount.what()));
    }
}
