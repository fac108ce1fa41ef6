package dev.slipway.redis.compare;

import dev.slipway.migration.Comparison;

/** Hears what is found of keys; called from any thread. */
@FunctionalInterface
public interface KeyListener {
    /**
     * Once of each key that differs.
     *
     * @param database of the source
     */
    void differs(Comparison.Side side, int database, byte[] key);

    /** Of a key of which this time could not be told whether it is the same. */
    default void unclear(byte[] key) {}

    /** @param type of a key that is the same on both sides */
    default void same(String type, byte[] key) {}
}
