package dev.slipway.redis.compare;

import dev.slipway.redis.keys.KeyText;
import io.lettuce.core.KeyValue;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ValueScanCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares sets and hashes, whose order is another on each server: as many members on both sides, and each of the source's is found on
 * the target with the same value, hence they are equal. No more than a scan's step is held.
 */
final class UnorderedValue implements ValueCompare {
    private static final ScanArgs STEP = ScanArgs.Builder.limit(500);
    private static final byte[] NOTHING = new byte[0];

    private final KeySide source;
    private final KeySide target;
    private final Members members;

    UnorderedValue(KeySide source, KeySide target, Members members) {
        this.source = source;
        this.target = target;
        this.members = members;
    }

    /** A member of a set, or a field of a hash with its value. */
    static final class Member {
        private final byte[] name;
        private final byte[] value;

        Member(byte[] name, byte[] value) {
            this.name = name;
            this.value = value;
        }
    }

    /** A step of a scan. */
    record Step(List<Member> members, ScanCursor cursor) {}

    /** What sets and hashes do differently. */
    interface Members {
        RedisFuture<Long> count(KeySide side, byte[] key);

        Step scan(KeySide side, byte[] key, ScanCursor from);

        /** The values that the side has for these members; null where it has none. */
        List<byte @Nullable []> find(KeySide side, byte[] key, List<Member> members);
    }

    @Override
    public Outcome compare(byte[] key) {
        RedisFuture<Long> here = members.count(source, key);
        RedisFuture<Long> there = members.count(target, key);
        long wanted = source.await(here);
        long found = target.await(there);
        return wanted == found
                ? compareMembers(key)
                : new Unequal("it has " + wanted + " members on the source and " + found + " on the target");
    }

    private Outcome compareMembers(byte[] key) {
        Step step = new Step(List.of(), ScanCursor.INITIAL);
        do {
            step = members.scan(source, key, step.cursor());
            List<byte @Nullable []> found = members.find(target, key, step.members());
            for (int i = 0; i < found.size(); i++) {
                Member member = step.members().get(i);
                if (!Arrays.equals(member.value, found.get(i))) {
                    return new Unequal("they differ in the member " + KeyText.of(member.name));
                }
            }
        } while (!step.cursor().isFinished());
        return new Equal();
    }

    /** Sets. */
    static final class SetMembers implements Members {
        @Override
        public RedisFuture<Long> count(KeySide side, byte[] key) {
            return side.commands().scard(key);
        }

        @Override
        public Step scan(KeySide side, byte[] key, ScanCursor from) {
            ValueScanCursor<byte[]> answer = side.await(side.commands().sscan(key, from, STEP));
            return new Step(
                    answer.getValues().stream()
                            .map(name -> new Member(name, NOTHING))
                            .toList(),
                    answer);
        }

        /** By SISMEMBER for each, because SMISMEMBER exists from Redis 6.2 on only. */
        @Override
        public List<byte @Nullable []> find(KeySide side, byte[] key, List<Member> members) {
            List<RedisFuture<Boolean>> answers = members.stream()
                    .map(member -> side.commands().sismember(key, member.name))
                    .toList();
            List<byte @Nullable []> found = new ArrayList<>();
            answers.forEach(answer -> found.add(side.await(answer) ? NOTHING : null));
            return found;
        }
    }

    /** Hashes. */
    static final class HashFields implements Members {
        @Override
        public RedisFuture<Long> count(KeySide side, byte[] key) {
            return side.commands().hlen(key);
        }

        @Override
        public Step scan(KeySide side, byte[] key, ScanCursor from) {
            MapScanCursor<byte[], byte[]> answer = side.await(side.commands().hscan(key, from, STEP));
            List<Member> fields = new ArrayList<>();
            for (Map.Entry<byte[], byte[]> field : answer.getMap().entrySet()) {
                fields.add(new Member(field.getKey(), field.getValue()));
            }
            return new Step(fields, answer);
        }

        @Override
        public List<byte @Nullable []> find(KeySide side, byte[] key, List<Member> members) {
            if (members.isEmpty()) {
                return List.of();
            }
            byte[][] names = members.stream().map(member -> member.name).toArray(byte[][]::new);
            List<byte @Nullable []> found = new ArrayList<>();
            for (KeyValue<byte[], byte[]> answer : side.await(side.commands().hmget(key, names))) {
                found.add(answer.getValueOrElse(null));
            }
            return found;
        }
    }
}
