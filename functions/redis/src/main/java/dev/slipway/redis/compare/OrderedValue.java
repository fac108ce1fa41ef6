package dev.slipway.redis.compare;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScoredValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Compares lists and sorted sets piece by piece: both servers give the same order. */
final class OrderedValue implements ValueCompare {
    private static final int FIRST = 16;
    private static final long BYTES = 1L << 20;
    private static final long MOST = 10_000;

    private final KeySide source;
    private final KeySide target;
    private final Elements elements;

    /** Sends the command for some elements at once; what it returns waits for the answer. */
    @FunctionalInterface
    interface Elements {
        Supplier<List<byte[]>> request(KeySide side, byte[] key, long from, long to);
    }

    OrderedValue(KeySide source, KeySide target, Elements elements) {
        this.source = source;
        this.target = target;
        this.elements = elements;
    }

    static Supplier<List<byte[]>> list(KeySide side, byte[] key, long from, long to) {
        RedisFuture<List<byte[]>> answer = side.commands().lrange(key, from, to);
        return () -> side.await(answer);
    }

    static Supplier<List<byte[]>> sortedSet(KeySide side, byte[] key, long from, long to) {
        RedisFuture<List<ScoredValue<byte[]>>> answer = side.commands().zrangeWithScores(key, from, to);
        return () -> side.await(answer).stream().map(OrderedValue::withScore).toList();
    }

    @Override
    public Outcome compare(byte[] key) {
        long width = FIRST;
        long from = 0;
        while (true) {
            Supplier<List<byte[]>> here = elements.request(source, key, from, from + width - 1);
            Supplier<List<byte[]>> there = elements.request(target, key, from, from + width - 1);
            List<byte[]> wanted = here.get();
            long unequal = mismatch(wanted, there.get());
            if (unequal >= 0) {
                return new Unequal("they differ from element " + (from + unequal) + " on");
            }
            if (wanted.size() < width) {
                return new Equal();
            }
            from += width;
            width = next(
                    width, wanted.stream().mapToLong(element -> element.length).sum());
        }
    }

    /** As many as fit into the piece, to judge by those at hand, but growing by steps: the next may be larger. */
    private static long next(long width, long size) {
        long fitting = BYTES * width / Math.max(1, size);
        return Math.clamp(fitting, 1, Math.min(MOST, width * 8));
    }

    private static long mismatch(List<byte[]> wanted, List<byte[]> found) {
        for (int i = 0; i < Math.min(wanted.size(), found.size()); i++) {
            if (!Arrays.equals(wanted.get(i), found.get(i))) {
                return i;
            }
        }
        return wanted.size() == found.size() ? -1 : Math.min(wanted.size(), found.size());
    }

    /** By the number and not by its text, which versions write differently; -0 is 0. */
    private static byte[] withScore(ScoredValue<byte[]> member) {
        return ByteBuffer.allocate(Double.BYTES + member.getValue().length)
                .putDouble(member.getScore() + 0.0)
                .put(member.getValue())
                .array();
    }
}
