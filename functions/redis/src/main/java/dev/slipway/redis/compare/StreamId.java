package dev.slipway.redis.compare;

import io.lettuce.core.Range;

/** The id of a stream's entry: milliseconds and a number, both unsigned. */
record StreamId(long millis, long sequence) {
    static final StreamId FIRST = new StreamId(0, 0);

    static StreamId parse(String text) {
        int dash = text.indexOf('-');
        return new StreamId(
                Long.parseUnsignedLong(text.substring(0, dash)), Long.parseUnsignedLong(text.substring(dash + 1)));
    }

    /** The least id that is greater; the exclusive ranges of Redis 6.2 are not everywhere. */
    StreamId next() {
        return sequence == -1 ? new StreamId(millis + 1, 0) : new StreamId(millis, sequence + 1);
    }

    Range<String> andLater() {
        return Range.from(Range.Boundary.including(toString()), Range.Boundary.unbounded());
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
    }
}
