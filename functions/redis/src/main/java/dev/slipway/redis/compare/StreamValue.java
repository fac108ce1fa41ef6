package dev.slipway.redis.compare;

import dev.slipway.redis.keys.StreamId;
import io.lettuce.core.Limit;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compares streams: entries, the last id, groups, consumers, and what is pending for whom since when. */
final class StreamValue implements ValueCompare {
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
        ValueDigest digest = new ValueDigest();
        Optional<String> entry = entryThatDiffers(key, digest);
        if (entry.isPresent()) {
            return new Unequal("their entries differ " + entry.get()
                    + Unequal.counts(
                            source.await(source.commands().xlen(key)),
                            target.await(target.commands().xlen(key)),
                            "entries"));
        }
        StreamState here = StreamState.read(source, key);
        StreamState there = StreamState.read(target, key);
        return here.differenceFrom(there)
                .or(() -> here.names().stream()
                        .map(group -> new PendingEntries(source, target, key, group, tolerance).difference())
                        .flatMap(Optional::stream)
                        .findFirst())
                .<Outcome>map(Unequal::new)
                .orElseGet(() -> new Equal(digest));
    }

    private Optional<String> entryThatDiffers(byte[] key, ValueDigest digest) {
        PieceWidth width = new PieceWidth();
        StreamId from = StreamId.FIRST;
        while (true) {
            RedisFuture<List<StreamMessage<byte[], byte[]>>> here = request(source, key, from, width.get());
            RedisFuture<List<StreamMessage<byte[], byte[]>>> there = request(target, key, from, width.get());
            List<StreamMessage<byte[], byte[]>> wanted = source.await(here);
            Optional<String> unequal = mismatch(wanted, target.await(there));
            if (unequal.isPresent()) {
                return unequal;
            }
            long before = digest.bytes();
            wanted.forEach(digest::addEntry);
            if (wanted.size() < width.get()) {
                return Optional.empty();
            }
            from = StreamId.parse(wanted.getLast().getId()).next();
            width.learn(wanted.size(), digest.bytes() - before);
        }
    }

    private static RedisFuture<List<StreamMessage<byte[], byte[]>>> request(
            KeySide side, byte[] key, StreamId from, long width) {
        return side.commands().xrange(key, from.andLater(), Limit.from(width));
    }

    private static Optional<String> mismatch(
            List<StreamMessage<byte[], byte[]>> wanted, List<StreamMessage<byte[], byte[]>> found) {
        for (int i = 0; i < wanted.size(); i++) {
            if (i >= found.size()) {
                return Optional.of("from " + wanted.get(i).getId() + " on, which the target lacks");
            }
            if (!Arrays.equals(digest(wanted.get(i)), digest(found.get(i)))) {
                return Optional.of("from " + wanted.get(i).getId() + " on");
            }
        }
        return found.size() > wanted.size()
                ? Optional.of("from " + found.get(wanted.size()).getId() + " on, which only the target has")
                : Optional.empty();
    }

    private static byte[] digest(StreamMessage<byte[], byte[]> entry) {
        ValueDigest digest = new ValueDigest();
        digest.addEntry(entry);
        return digest.digest();
    }
}
