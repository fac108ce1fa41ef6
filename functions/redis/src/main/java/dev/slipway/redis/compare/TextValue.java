package dev.slipway.redis.compare;

import io.lettuce.core.RedisFuture;
import java.util.Arrays;

/** Compares strings, a mebibyte at a time. */
final class TextValue implements ValueCompare {
    private static final int PIECE = 1 << 20;

    private final KeySide source;
    private final KeySide target;

    TextValue(KeySide source, KeySide target) {
        this.source = source;
        this.target = target;
    }

    @Override
    public Outcome compare(byte[] key) {
        long from = 0;
        while (true) {
            RedisFuture<byte[]> here = source.commands().getrange(key, from, from + PIECE - 1);
            RedisFuture<byte[]> there = target.commands().getrange(key, from, from + PIECE - 1);
            byte[] wanted = source.await(here);
            int unequal = Arrays.mismatch(wanted, target.await(there));
            if (unequal >= 0) {
                return new Unequal("they differ from byte " + (from + unequal) + " on");
            }
            from += wanted.length;
            if (wanted.length < PIECE) {
                return new Equal();
            }
        }
    }
}
