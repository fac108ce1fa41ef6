package dev.slipway.redis.compare;

import java.time.Duration;

/** Reads one key's value on both sides, in pieces of bounded size, and tells whether they are equal. */
interface ValueCompare {

    Outcome compare(byte[] key);

    /** Whether a server may lack the type. */
    default boolean isOfAModule() {
        return false;
    }

    /** What became of one value. */
    sealed interface Outcome {}

    /** Both sides hold the same. */
    record Equal(ValueDigest value) implements Outcome {}

    /** They do not, and how. */
    record Unequal(String detail) implements Outcome {
        /** What a detail ends with where one side has more than the other. */
        static String counts(long here, long there, String what) {
            return here == there ? "" : " (" + here + " " + what + " on the source, " + there + " on the target)";
        }
    }

    /** It cannot be told. */
    record Unreadable(String reason) implements Outcome {}

    /** The comparison for what TYPE says. */
    static ValueCompare of(String type, KeySide source, KeySide target, Duration tolerance) {
        return switch (type) {
            case "string" -> new TextValue(source, target);
            case "list" -> new OrderedValue<>(source, target, new ListElements());
            case "zset" -> new OrderedValue<>(source, target, new ScoredMembers());
            case "set" -> new UnorderedValue(source, target, new SetMembers());
            case "hash" -> new UnorderedValue(source, target, new HashFields(source, target, tolerance));
            case "stream" -> new StreamValue(source, target, tolerance);
            case VectorSetValue.TYPE -> new VectorSetValue(source, target);
            default -> new OpaqueValue(source, target, type);
        };
    }
}
