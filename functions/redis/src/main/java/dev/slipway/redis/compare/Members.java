package dev.slipway.redis.compare;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What sets and hashes do differently. */
interface Members {
    /** A member of a set, or a field of a hash with its value. */
    final class Member {
        static final byte[] NOTHING = new byte[0];

        private final byte[] name;
        private final byte[] value;

        Member(byte[] name, byte[] value) {
            this.name = name;
            this.value = value;
        }

        byte[] name() {
            return name;
        }

        byte[] value() {
            return value;
        }
    }

    /** A step of a scan. */
    record Step(List<Member> members, ScanCursor cursor) {}

    RedisFuture<Long> count(KeySide side, byte[] key);

    Step scan(KeySide side, byte[] key, ScanCursor from, ScanArgs step);

    /** The values that the side has for these members; null where it has none. */
    List<byte @Nullable []> find(KeySide side, byte[] key, List<Member> members);

    void add(ValueDigest digest, Member member);

    /** How the members differ in something besides, if they do. */
    default ValueCompare.@Nullable Unequal besides(byte[] key, List<Member> members) {
        return null;
    }

    /** Whether a member that is on one side only is no difference, because its time came. */
    default boolean isDue(KeySide side, byte[] key, Member member) {
        return false;
    }
}
