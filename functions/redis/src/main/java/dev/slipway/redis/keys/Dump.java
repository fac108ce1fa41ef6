package dev.slipway.redis.keys;

import dev.slipway.redis.session.Pipeline;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A key's value as the server serialises it, and its expiry; no payload where the key is gone. */
public final class Dump {
    private final byte[] key;
    private final byte @Nullable [] payload;
    private final Expiry expiry;

    public Dump(byte[] key, byte @Nullable [] payload, Expiry expiry) {
        this.key = key;
        this.payload = payload;
        this.expiry = expiry;
    }

    public byte[] key() {
        return key;
    }

    public Expiry expiry() {
        return expiry;
    }

    public boolean exists() {
        return payload != null && expiry.millis() != Expiry.GONE.millis();
    }

    /** As DUMP gave it; empty where the key is gone. */
    public byte[] payload() {
        return payload == null ? new byte[0] : payload;
    }

    public int size() {
        return payload == null ? 0 : payload.length;
    }

    /** Over the value, whatever order the server gives to what has none. */
    public byte[] digest() {
        return UnorderedDump.digest(payload());
    }

    public boolean isSame(Dump other, Duration tolerance) {
        return exists()
                && other.exists()
                && expiry.isNear(other.expiry, tolerance)
                && (isWrittenAlike(payload(), other.payload()) || UnorderedDump.holdSame(payload(), other.payload()));
    }

    /** The version of the format and the checksum do not count: each type says itself how it is written. */
    private static boolean isWrittenAlike(byte[] one, byte[] other) {
        int length = one.length - DumpFooter.LENGTH;
        return one.length == other.length && Arrays.equals(one, 0, length, other, 0, length);
    }

    /** Sends the commands for a batch at once; {@link Pending#await()} takes the answers. */
    public static Pending request(RedisStore store, int database, List<byte[]> keys) {
        return request(store.shared(database), keys);
    }

    /** The same on a connection of the caller's choice. */
    public static Pending request(Pipeline pipeline, List<byte[]> keys) {
        return pipeline.together(commands -> new Pending(
                pipeline,
                keys,
                commands.time(),
                keys.stream().map(commands::pttl).toList(),
                keys.stream().map(commands::dump).toList()));
    }

    /** Answers that are under way. */
    public record Pending(
            Pipeline pipeline,
            List<byte[]> keys,
            RedisFuture<List<byte[]>> time,
            List<RedisFuture<Long>> ttls,
            List<RedisFuture<byte[]>> payloads) {

        public List<Dump> await() {
            List<byte[]> now = pipeline.await(time);
            return IntStream.range(0, keys.size())
                    .mapToObj(i -> new Dump(
                            keys.get(i), pipeline.await(payloads.get(i)), Expiry.of(now, pipeline.await(ttls.get(i)))))
                    .toList();
        }
    }
}
