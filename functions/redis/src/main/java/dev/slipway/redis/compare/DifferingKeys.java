package dev.slipway.redis.compare;

import dev.slipway.migration.Comparison;

/** Hears of each key that differs, once; called from any thread. */
@FunctionalInterface
public interface DifferingKeys {
    /** @param database of the source */
    void differs(Comparison.Side side, int database, byte[] key);
}
