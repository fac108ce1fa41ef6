package dev.slipway.redis.keys;

import io.lettuce.core.Range;
import java.util.Comparator;

/** The id of a stream's entry: milliseconds and a number, both unsigned. */
public record StreamId(long millis, long sequence) {
    public static final Comparator<StreamId> ORDER = Comparator.comparing(StreamId::millis, Long::compareUnsigned)
            .thenComparing(StreamId::sequence, Long::compareUnsigned);
    public static final StreamId FIRST = new StreamId(0, 0);

    public static StreamId parse(String text) {
        int dash = text.indexOf('-');
        return new StreamId(
                Long.parseUnsignedLong(text.substring(0, dash)), Long.parseUnsignedLong(text.substring(dash + 1)));
    }

    /** The least id that is greater; the exclusive ranges of Redis 6.2 are not everywhere. */
    public StreamId next() {
        return sequence == -1 ? new StreamId(millis + 1, 0) : new StreamId(millis, sequence + 1);
    }

    public Range<String> andLater() {
        return Range.from(Range.Boundary.including(toString()), Range.Boundary.unbounded());
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
    }
}
