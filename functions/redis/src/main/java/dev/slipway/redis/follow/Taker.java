package dev.slipway.redis.follow;

import java.util.List;

/** The side that is to take the writes of another by what differs. */
interface Taker extends AutoCloseable {

    /** All that differs, while the writer writes. */
    void bringAll();

    /** Those that differ of the keys of these names; how many that were. */
    int bring(List<byte[]> names);

    /**
     * Nothing is brought any more, and from here on the other side is the writer no more.
     *
     * @throws TurnRefused if that cannot be said
     */
    void commit();

    /** From here on everybody writes. */
    void open();

    /** It does not take them this time. */
    void leave();

    @Override
    void close();
}
