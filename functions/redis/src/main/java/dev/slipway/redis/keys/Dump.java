package dev.slipway.redis.keys;

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
        return payload != null && !expiry.equals(Expiry.GONE);
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
                && (Arrays.equals(payload, other.payload) || UnorderedDump.holdSame(payload(), other.payload()));
    }

    /** Sends the commands for a batch at once; {@link Pending#await()} takes the answers. */
    public static Pending request(RedisStore store, int database, List<byte[]> keys) {
        return store.together(
                database,
                commands -> new Pending(
                        store,
                        keys,
                        commands.time(),
                        keys.stream().map(commands::pttl).toList(),
                        keys.stream().map(commands::dump).toList()));
    }

    /** Answers that are under way. */
    public record Pending(
            RedisStore store,
            List<byte[]> keys,
            RedisFuture<List<byte[]>> time,
            List<RedisFuture<Long>> ttls,
            List<RedisFuture<byte[]>> payloads) {

        public List<Dump> await() {
            List<byte[]> now = store.await(time);
            return IntStream.range(0, keys.size())
                    .mapToObj(i -> new Dump(
                            keys.get(i), store.await(payloads.get(i)), Expiry.of(now, store.await(ttls.get(i)))))
                    .toList();
        }
    }
}
