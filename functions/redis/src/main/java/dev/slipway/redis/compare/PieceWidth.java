package dev.slipway.redis.compare;

/** How many elements to ask for at once, so that an answer has a bounded size. */
final class PieceWidth {
    private static final int FIRST = 16;
    private static final long BYTES = 1L << 20;
    private static final long MOST = 10_000;

    private long width = FIRST;

    long get() {
        return width;
    }

    /** As many as fit into a piece, to judge by those at hand, but growing by steps: the next may be larger. */
    void learn(long elements, long bytes) {
        long fitting = BYTES * elements / Math.max(1, bytes);
        width = Math.clamp(fitting, 1, Math.min(MOST, width * 8));
    }
}
