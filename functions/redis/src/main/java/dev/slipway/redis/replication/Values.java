package dev.slipway.redis.replication;

import dev.slipway.redis.keys.Dump;

/** Takes a source's values one after the other, those of a database together. */
public interface Values {
    void take(int database, Dump dump);

    /** Of a value that is larger than what is held at once there is the key only. */
    void takeLarge(int database, byte[] key);
}
