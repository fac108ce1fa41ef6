package dev.slipway.redis.compare;

/** Counts the keys that are the same on both sides, each once; used by many threads. */
interface KeyTally {
    /**
     * Counts a key, unless that was done.
     *
     * @param valueDigest over the value
     * @return whether this changed anything
     */
    boolean same(int database, byte[] key, byte[] valueDigest, long size);

    /** Counts a key no more. */
    void gone(int database, byte[] key);

    Count count();

    /** Over all keys and their values, in hex. */
    String digest();

    /** @param bytes of their values */
    record Count(long items, long bytes) {}
}
