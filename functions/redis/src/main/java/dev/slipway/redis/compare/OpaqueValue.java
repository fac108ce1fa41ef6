package dev.slipway.redis.compare;

import io.lettuce.core.RedisFuture;
import java.util.Arrays;

/** Compares a value of a module's type, of which nothing but its serialised form can be read. */
final class OpaqueValue implements ValueCompare {
    private final KeySide source;
    private final KeySide target;
    private final String type;

    OpaqueValue(KeySide source, KeySide target, String type) {
        this.source = source;
        this.target = target;
        this.type = type;
    }

    @Override
    public Outcome compare(byte[] key) {
        RedisFuture<byte[]> here = source.commands().dump(key);
        RedisFuture<byte[]> there = target.commands().dump(key);
        return Arrays.equals(source.await(here), target.await(there))
                ? new Equal()
                : new Unreadable("its type " + type + " is a module's, and its serialised forms differ");
    }
}
