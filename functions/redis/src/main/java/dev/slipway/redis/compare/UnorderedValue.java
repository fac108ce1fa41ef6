package dev.slipway.redis.compare;

import dev.slipway.redis.keys.KeyText;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares sets and hashes, whose order is another on each server: each of the source's members is found on the target with the same
 * value, and as many are on both sides, hence they are equal. No more than a scan's step is held.
 */
final class UnorderedValue implements ValueCompare {
    private static final long BYTES = 1L << 20;
    private static final long MOST = 1_000;

    private final KeySide source;
    private final KeySide target;
    private final Members members;

    UnorderedValue(KeySide source, KeySide target, Members members) {
        this.source = source;
        this.target = target;
        this.members = members;
    }

    @Override
    public Outcome compare(byte[] key) {
        RedisFuture<Long> here = members.count(source, key);
        RedisFuture<Long> there = members.count(target, key);
        long wanted = source.await(here);
        long found = target.await(there);
        ScanArgs step = step(key, Math.max(wanted, found));
        ValueDigest digest = new ValueDigest();
        Unequal unequal = missing(key, step, digest);
        if (unequal == null && wanted != found) {
            unequal = extra(key, step);
        }
        return unequal == null
                ? new Equal(digest)
                : new Unequal(unequal.detail() + Unequal.counts(wanted, found, "members"));
    }

    /** Members are taken for about as large as each other, which a scan cannot know before. */
    private ScanArgs step(byte[] key, long count) {
        long memory = Math.max(source.facts(key).memory(), target.facts(key).memory());
        long fitting = memory == KeySide.UNKNOWN ? MOST / 10 : BYTES * count / Math.max(1, memory);
        return ScanArgs.Builder.limit(Math.clamp(fitting, 1, MOST));
    }

    private @Nullable Unequal missing(byte[] key, ScanArgs width, ValueDigest digest) {
        Members.Step step = new Members.Step(List.of(), ScanCursor.INITIAL);
        do {
            step = members.scan(source, key, step.cursor(), width);
            List<byte @Nullable []> found = members.find(target, key, step.members());
            for (int i = 0; i < found.size(); i++) {
                Members.Member member = step.members().get(i);
                byte[] value = found.get(i);
                if (value == null && !members.isDue(source, key, member)) {
                    return new Unequal("the target lacks the member " + KeyText.of(member.name()));
                }
                if (value != null && !Arrays.equals(member.value(), value)) {
                    return new Unequal("they differ in the member " + KeyText.of(member.name()));
                }
                members.add(digest, member);
            }
            Unequal besides = members.besides(key, step.members());
            if (besides != null) {
                return besides;
            }
        } while (!step.cursor().isFinished());
        return null;
    }

    /** All of the source's are there, so that one too many must be, unless its time came. */
    private @Nullable Unequal extra(byte[] key, ScanArgs width) {
        Members.Step step = new Members.Step(List.of(), ScanCursor.INITIAL);
        do {
            step = members.scan(target, key, step.cursor(), width);
            List<byte @Nullable []> found = members.find(source, key, step.members());
            for (int i = 0; i < found.size(); i++) {
                Members.Member member = step.members().get(i);
                if (found.get(i) == null && !members.isDue(target, key, member)) {
                    return new Unequal("only the target has the member " + KeyText.of(member.name()));
                }
            }
        } while (!step.cursor().isFinished());
        return null;
    }
}
