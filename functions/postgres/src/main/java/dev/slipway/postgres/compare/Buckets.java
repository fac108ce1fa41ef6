package dev.slipway.postgres.compare;

/**
 * A table's rows in many small sums, by their keys' hash: where the sums of two sides are equal, so are the rows behind them, and
 * only the others need to be looked at one by one.
 */
final class Buckets {
    private static final int BITS = 20;
    static final int COUNT = 1 << BITS;

    private final long[] rows = new long[COUNT];
    private final long[] sums = new long[COUNT];
    private final long[] restSums = new long[COUNT];

    static int of(Fingerprint fingerprint) {
        return (int) (fingerprint.key() >>> (Long.SIZE - BITS));
    }

    public void add(Fingerprint fingerprint) {
        int bucket = of(fingerprint);
        rows[bucket]++;
        sums[bucket] += fingerprint.row();
        restSums[bucket] += fingerprint.rowRest();
    }

    long rows(int bucket) {
        return rows[bucket];
    }

    boolean isEqual(int bucket, Buckets other) {
        return rows[bucket] == other.rows[bucket]
                && sums[bucket] == other.sums[bucket]
                && restSums[bucket] == other.restSums[bucket];
    }
}
