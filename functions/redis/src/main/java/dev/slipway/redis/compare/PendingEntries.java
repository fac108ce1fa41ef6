package dev.slipway.redis.compare;

import dev.slipway.redis.keys.Expiry;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.keys.StreamId;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Compares, some at a time, the entries that a group of a stream got and has not acknowledged: whose, how often and when delivered. */
final class PendingEntries {
    private static final int STEP = 1_000;

    private final KeySide source;
    private final KeySide target;
    private final byte[] key;
    private final byte[] group;
    private final Duration tolerance;

    PendingEntries(KeySide source, KeySide target, byte[] key, byte[] group, Duration tolerance) {
        this.source = source;
        this.target = target;
        this.key = key;
        this.group = group;
        this.tolerance = tolerance;
    }

    /** {@code delivered} in milliseconds of the server's clock. */
    private record Pending(String id, String consumer, long deliveries, long delivered) {
        boolean isNear(Pending other, Duration tolerance) {
            return id.equals(other.id)
                    && consumer.equals(other.consumer)
                    && deliveries == other.deliveries
                    && Math.abs(delivered - other.delivered) <= tolerance.toMillis();
        }

        String text() {
            return id + " of " + consumer + ", delivered " + deliveries + " times, last at "
                    + Instant.ofEpochMilli(delivered);
        }
    }

    /** The first that differs, and how. */
    Optional<String> difference() {
        StreamId from = StreamId.FIRST;
        while (true) {
            Answer here = Answer.request(source, this, from);
            Answer there = Answer.request(target, this, from);
            List<Pending> wanted = here.await(source);
            List<Pending> found = there.await(target);
            for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
                if (i >= wanted.size() || i >= found.size() || !wanted.get(i).isNear(found.get(i), tolerance)) {
                    return Optional.of("the group " + KeyText.of(group) + " has other entries pending: "
                            + text(wanted, i) + " on the source, " + text(found, i) + " on the target");
                }
            }
            if (wanted.size() < STEP) {
                return Optional.empty();
            }
            from = StreamId.parse(wanted.getLast().id()).next();
        }
    }

    private static String text(List<Pending> entries, int index) {
        return index < entries.size() ? entries.get(index).text() : "no more";
    }

    /** Under way, with the time at which it was given. */
    private record Answer(RedisFuture<List<byte[]>> time, RedisFuture<List<Object>> entries) {
        static Answer request(KeySide side, PendingEntries of, StreamId from) {
            CommandArgs<byte[], byte[]> range = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                    .addKey(of.key)
                    .addValue(of.group)
                    .add(from.toString())
                    .add("+")
                    .add(STEP);
            return new Answer(
                    side.commands().time(),
                    side.commands().dispatch(CommandType.XPENDING, new ArrayOutput<>(ByteArrayCodec.INSTANCE), range));
        }

        List<Pending> await(KeySide side) {
            long now = Expiry.now(side.await(time));
            return side.await(entries).stream()
                    .map(entry -> pending((List<?>) entry, now))
                    .toList();
        }
    }

    private static Pending pending(List<?> entry, long now) {
        return new Pending(
                StreamState.text(entry.get(0)),
                KeyText.of((byte[]) entry.get(1)),
                (Long) entry.get(3),
                now - (Long) entry.get(2));
    }
}
