package dev.slipway.redis.compare;

import io.lettuce.core.Range;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** A value that is small enough to be read by one command among many. */
final class WholeValue {
    private final byte[] digest;
    private final long bytes;
    private final List<byte[]> fields;
    private final Map<String, String> counters;

    private WholeValue(ValueDigest value, List<byte[]> fields, Map<String, String> counters) {
        this.digest = value.digest();
        this.bytes = value.bytes();
        this.fields = fields;
        this.counters = counters;
    }

    byte[] digest() {
        return digest;
    }

    long bytes() {
        return bytes;
    }

    /** Of a hash. */
    List<byte[]> fields() {
        return fields;
    }

    boolean isSame(WholeValue other) {
        return Arrays.equals(digest, other.digest)
                && StreamState.counterThatDiffers(counters, other.counters).isEmpty();
    }

    /**
     * Sends the commands for a value; what it returns waits for the answers. Empty where one look does not tell all: a module's type,
     * a stream with groups, or a key that is gone.
     */
    static Supplier<Optional<WholeValue>> request(
            KeySide side, RedisClusterAsyncCommands<byte[], byte[]> commands, String type, byte[] key) {
        return switch (type) {
            case "string" -> answer(side, commands.get(key), WholeValue::text);
            case "list" -> answer(side, commands.lrange(key, 0, -1), WholeValue::list);
            case "set" -> answer(side, commands.smembers(key), WholeValue::set);
            case "zset" -> answer(side, commands.zrangeWithScores(key, 0, -1), WholeValue::sortedSet);
            case "hash" -> answer(side, commands.hgetall(key), WholeValue::hash);
            case "stream" -> stream(side, commands, key);
            default -> Optional::empty;
        };
    }

    private static <T> Supplier<Optional<WholeValue>> answer(
            KeySide side, RedisFuture<T> answer, Function<T, WholeValue> reader) {
        return () -> Optional.ofNullable(side.await(answer)).map(reader);
    }

    private static Supplier<Optional<WholeValue>> stream(
            KeySide side, RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] key) {
        RedisFuture<List<StreamMessage<byte[], byte[]>>> entries = commands.xrange(key, Range.unbounded());
        RedisFuture<List<Object>> info = commands.xinfoStream(key);
        return () -> {
            Map<String, Object> facts = StreamState.fields(side.await(info));
            ValueDigest digest = new ValueDigest();
            side.await(entries).forEach(digest::addEntry);
            return "0".equals(StreamState.text(facts.getOrDefault("groups", "")))
                    ? Optional.of(new WholeValue(digest, List.of(), StreamState.counters(facts)))
                    : Optional.empty();
        };
    }

    private static WholeValue text(byte[] text) {
        ValueDigest digest = new ValueDigest();
        digest.addText(text);
        return of(digest);
    }

    private static WholeValue list(List<byte[]> elements) {
        ValueDigest digest = new ValueDigest();
        elements.forEach(digest::addNext);
        return of(digest);
    }

    private static WholeValue set(Set<byte[]> members) {
        ValueDigest digest = new ValueDigest();
        members.forEach(digest::addMember);
        return of(digest);
    }

    private static WholeValue sortedSet(List<ScoredValue<byte[]>> members) {
        ValueDigest digest = new ValueDigest();
        members.forEach(digest::addScored);
        return of(digest);
    }

    private static WholeValue hash(Map<byte[], byte[]> fields) {
        ValueDigest digest = new ValueDigest();
        fields.forEach(digest::addField);
        return new WholeValue(digest, List.copyOf(fields.keySet()), Map.of());
    }

    private static WholeValue of(ValueDigest digest) {
        return new WholeValue(digest, List.of(), Map.of());
    }
}
