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
        ValueDigest digest = new ValueDigest();
        long from = 0;
        while (true) {
            RedisFuture<byte[]> here = source.commands().getrange(key, from, from + PIECE - 1);
            RedisFuture<byte[]> there = target.commands().getrange(key, from, from + PIECE - 1);
            byte[] wanted = source.await(here);
            int unequal = Arrays.mismatch(wanted, target.await(there));
            if (unequal >= 0) {
                return new Unequal("they differ from byte " + (from + unequal) + " on" + lengths(key));
            }
            digest.addText(wanted);
            from += wanted.length;
            if (wanted.length < PIECE) {
                return new Equal(digest);
            }
        }
    }

    private String lengths(byte[] key) {
        return Unequal.counts(
                source.await(source.commands().strlen(key)),
                target.await(target.commands().strlen(key)),
                "bytes");
    }
}
