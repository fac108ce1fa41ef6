package dev.slipway.redis.compare;

import io.lettuce.core.RedisFuture;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
        byte @Nullable [] wanted = source.await(here);
        byte @Nullable [] found = target.await(there);
        if (wanted == null || found == null) {
            return new Unequal("it was on one side only when it was read");
        }
        if (!Arrays.equals(wanted, found)) {
            return new Unreadable("the type " + type + " of a module, whose serialised forms differ");
        }
        ValueDigest digest = new ValueDigest();
        digest.addText(wanted);
        return new Equal(digest);
    }

    @Override
    public boolean isOfAModule() {
        return true;
    }
}
