package dev.slipway.redis.compare;

import io.lettuce.core.RedisFuture;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Elements of lists. */
final class ListElements implements Elements<byte[]> {
    @Override
    public RedisFuture<List<byte[]>> range(KeySide side, byte[] key, long from, long to) {
        return side.commands().lrange(key, from, to);
    }

    @Override
    public boolean isSame(byte[] one, byte[] other) {
        return Arrays.equals(one, other);
    }

    @Override
    public long bytes(byte[] element) {
        return element.length;
    }

    @Override
    public void add(ValueDigest digest, byte[] element) {
        digest.addNext(element);
    }

    @Override
    public ValueCompare.Unequal unequal(
            KeySide source, KeySide target, byte[] key, long place, Optional<byte[]> wanted) {
        String lengths = ValueCompare.Unequal.counts(
                source.await(source.commands().llen(key)),
                target.await(target.commands().llen(key)),
                "elements");
        return new ValueCompare.Unequal("they differ from element " + place + " on" + lengths);
    }
}
