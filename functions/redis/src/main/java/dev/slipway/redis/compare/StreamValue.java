package dev.slipway.redis.compare;

import dev.slipway.migration.Sha256;
import dev.slipway.redis.keys.ContentDigest;
import dev.slipway.redis.keys.StreamId;
import io.lettuce.core.Limit;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Compares streams: entries, the last id, groups, consumers, and what is pending for whom since when. */
final class StreamValue implements ValueCompare {
    private static final int STEP = 200;

    private final KeySide source;
    private final KeySide target;
    private final Duration tolerance;

    StreamValue(KeySide source, KeySide target, Duration tolerance) {
        this.source = source;
        this.target = target;
        this.tolerance = tolerance;
    }

    @Override
    public Outcome compare(byte[] key) {
        if (!haveSameEntries(key)) {
            return new Unequal("their entries differ");
        }
        StreamState here = StreamState.read(source, key);
        StreamState there = StreamState.read(target, key);
        return here.differenceFrom(there, tolerance).<Outcome>map(Unequal::new).orElseGet(Equal::new);
    }

    private boolean haveSameEntries(byte[] key) {
        StreamId from = StreamId.FIRST;
        List<StreamMessage<byte[], byte[]>> wanted;
        do {
            RedisFuture<List<StreamMessage<byte[], byte[]>>> here = request(source, key, from);
            RedisFuture<List<StreamMessage<byte[], byte[]>>> there = request(target, key, from);
            wanted = source.await(here);
            if (!Arrays.equals(digest(wanted), digest(target.await(there)))) {
                return false;
            }
            from = wanted.isEmpty()
                    ? from
                    : StreamId.parse(wanted.getLast().getId()).next();
        } while (wanted.size() == STEP);
        return true;
    }

    private static RedisFuture<List<StreamMessage<byte[], byte[]>>> request(KeySide side, byte[] key, StreamId from) {
        return side.commands().xrange(key, from.andLater(), Limit.from(STEP));
    }

    private static byte[] digest(List<StreamMessage<byte[], byte[]>> entries) {
        MessageDigest digest = Sha256.digest();
        for (StreamMessage<byte[], byte[]> entry : entries) {
            ContentDigest.update(
                    digest,
                    ContentDigest.text(entry.getId() + " " + entry.getBody().size()));
            for (Map.Entry<byte[], byte[]> field : entry.getBody().entrySet()) {
                ContentDigest.update(digest, field.getKey());
                ContentDigest.update(digest, field.getValue());
            }
        }
        return digest.digest();
    }
}
