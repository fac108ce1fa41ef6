package dev.slipway.redis.compare;

import dev.slipway.redis.keys.KeyText;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScoredValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Members of sorted sets. */
final class ScoredMembers implements Elements<ScoredValue<byte[]>> {
    @Override
    public RedisFuture<List<ScoredValue<byte[]>>> range(KeySide side, byte[] key, long from, long to) {
        return side.commands().zrangeWithScores(key, from, to);
    }

    @Override
    public boolean isSame(ScoredValue<byte[]> one, ScoredValue<byte[]> other) {
        return Arrays.equals(one.getValue(), other.getValue())
                && Arrays.equals(ValueDigest.score(one), ValueDigest.score(other));
    }

    @Override
    public long bytes(ScoredValue<byte[]> member) {
        return Double.BYTES + (long) member.getValue().length;
    }

    @Override
    public void add(ValueDigest digest, ScoredValue<byte[]> member) {
        digest.addScored(member);
    }

    @Override
    public ValueCompare.Unequal unequal(
            KeySide source, KeySide target, byte[] key, long place, Optional<ScoredValue<byte[]>> wanted) {
        String counts = ValueCompare.Unequal.counts(
                source.await(source.commands().zcard(key)),
                target.await(target.commands().zcard(key)),
                "members");
        if (wanted.isEmpty()) {
            return new ValueCompare.Unequal("the target has more from element " + place + " on" + counts);
        }
        ScoredValue<byte[]> member = wanted.get();
        Double score = target.await(target.commands().zscore(key, member.getValue()));
        return new ValueCompare.Unequal("they differ from element " + place + " on: the member "
                + KeyText.of(member.getValue()) + " has the score " + member.getScore() + " on the source and "
                + (score == null ? "is missing" : score) + " on the target" + counts);
    }
}
