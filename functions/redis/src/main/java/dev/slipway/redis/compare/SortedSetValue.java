package dev.slipway.redis.compare;

import dev.slipway.redis.keys.KeyText;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScoredValue;
import java.util.Arrays;
import java.util.List;

/** Compares sorted sets piece by piece: both servers give the same order. */
final class SortedSetValue implements ValueCompare {
    private final KeySide source;
    private final KeySide target;

    SortedSetValue(KeySide source, KeySide target) {
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
            RedisFuture<List<ScoredValue<byte[]>>> here = source.commands().zrangeWithScores(key, from, to);
            RedisFuture<List<ScoredValue<byte[]>>> there = target.commands().zrangeWithScores(key, from, to);
            List<ScoredValue<byte[]>> wanted = source.await(here);
            int unequal = mismatch(wanted, target.await(there));
            if (unequal >= 0) {
                return unequal(key, wanted, unequal, from);
            }
            wanted.forEach(digest::addScored);
            if (wanted.size() <= to - from) {
                return new Equal(digest);
            }
            from += wanted.size();
            width.learn(
                    wanted.size(),
                    wanted.stream()
                            .mapToLong(member -> member.getValue().length + Double.BYTES)
                            .sum());
        }
    }

    private static int mismatch(List<ScoredValue<byte[]>> wanted, List<ScoredValue<byte[]>> found) {
        int common = Math.min(wanted.size(), found.size());
        for (int i = 0; i < common; i++) {
            if (!isSame(wanted.get(i), found.get(i))) {
                return i;
            }
        }
        return wanted.size() == found.size() ? -1 : common;
    }

    private static boolean isSame(ScoredValue<byte[]> one, ScoredValue<byte[]> other) {
        return Arrays.equals(one.getValue(), other.getValue())
                && Arrays.equals(ValueDigest.score(one), ValueDigest.score(other));
    }

    private Unequal unequal(byte[] key, List<ScoredValue<byte[]>> wanted, int index, long from) {
        String counts = Unequal.counts(
                source.await(source.commands().zcard(key)),
                target.await(target.commands().zcard(key)),
                "members");
        if (index == wanted.size()) {
            return new Unequal("the target has more from element " + (from + index) + " on" + counts);
        }
        ScoredValue<byte[]> member = wanted.get(index);
        Double score = target.await(target.commands().zscore(key, member.getValue()));
        return new Unequal("they differ from element " + (from + index) + " on: the member "
                + KeyText.of(member.getValue()) + " has the score " + member.getScore() + " on the source and "
                + (score == null ? "is missing" : score) + " on the target" + counts);
    }
}
