package dev.slipway.postgres.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which buckets of two sides differ, put together into parts that fit into memory. */
final class BucketParts {
    private static final int EQUAL = -1;
    private static final long ROWS = 500_000;

    private final int[] partOf = new int[Buckets.COUNT];
    private final List<Long> sourceRows = new ArrayList<>();
    private final List<Long> targetRows = new ArrayList<>();

    BucketParts(Buckets source, Buckets target) {
        Arrays.fill(partOf, EQUAL);
        for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
            if (!source.isEqual(bucket, target)) {
                add(bucket, source.rows(bucket), target.rows(bucket));
            }
        }
    }

    private void add(int bucket, long ofSource, long ofTarget) {
        int last = sourceRows.size() - 1;
        if (last < 0 || sourceRows.get(last) + targetRows.get(last) + ofSource + ofTarget > ROWS) {
            sourceRows.add(0L);
            targetRows.add(0L);
            last++;
        }
        sourceRows.set(last, sourceRows.get(last) + ofSource);
        targetRows.set(last, targetRows.get(last) + ofTarget);
        partOf[bucket] = last;
    }

    int count() {
        return sourceRows.size();
    }

    List<Long> sourceRows() {
        return sourceRows;
    }

    List<Long> targetRows() {
        return targetRows;
    }

    boolean contains(Fingerprint fingerprint) {
        return of(fingerprint) != EQUAL;
    }

    int of(Fingerprint fingerprint) {
        return partOf[Buckets.of(fingerprint)];
    }
}
