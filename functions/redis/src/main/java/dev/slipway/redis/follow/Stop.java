package dev.slipway.redis.follow;

/** What ends the writes of a side that is to give them away. */
interface Stop extends AutoCloseable {

    /** Returns when no write that began before can still become visible. */
    void put();

    /** @throws dev.slipway.migration.exception.FenceBroken if somebody may have written since it was put */
    void requireUnbroken();

    /** The side takes writes as before. */
    void lift();

    @Override
    default void close() {}
}
