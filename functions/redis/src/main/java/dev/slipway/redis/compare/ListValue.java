package dev.slipway.redis.compare;

import io.lettuce.core.RedisFuture;
import java.util.Arrays;
import java.util.List;

/** Compares lists piece by piece. */
final class ListValue implements ValueCompare {
    private final KeySide source;
    private final KeySide target;

    ListValue(KeySide source, KeySide target) {
        this.source = source;
        this.target = target;
    }

    @Override
    public Outcome compare(byte[] key) {
        ValueDigest digest = new ValueDigest();
        PieceWidth width = new PieceWidth();
        long from = 0;
        while (true) {
            long to = from + width.get() - 1;
            RedisFuture<List<byte[]>> here = source.commands().lrange(key, from, to);
            RedisFuture<List<byte[]>> there = target.commands().lrange(key, from, to);
            List<byte[]> wanted = source.await(here);
            int unequal = mismatch(wanted, target.await(there));
            if (unequal >= 0) {
                return new Unequal("they differ from element " + (from + unequal) + " on" + lengths(key));
            }
            wanted.forEach(digest::addNext);
            if (wanted.size() <= to - from) {
                return new Equal(digest);
            }
            from += wanted.size();
            width.learn(
                    wanted.size(),
                    wanted.stream().mapToLong(element -> element.length).sum());
        }
    }

    private static int mismatch(List<byte[]> wanted, List<byte[]> found) {
        int common = Math.min(wanted.size(), found.size());
        for (int i = 0; i < common; i++) {
            if (!Arrays.equals(wanted.get(i), found.get(i))) {
                return i;
            }
        }
        return wanted.size() == found.size() ? -1 : common;
    }

    private String lengths(byte[] key) {
        return Unequal.counts(
                source.await(source.commands().llen(key)),
                target.await(target.commands().llen(key)),
                "elements");
    }
}
