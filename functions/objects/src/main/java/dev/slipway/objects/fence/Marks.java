package dev.slipway.objects.fence;

import dev.slipway.migration.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A set of lines of which each is kept as eight bytes of its SHA-256, so that a million are few megabytes. */
final class Marks {
    private long[] marks = new long[1024];
    private int count;

    void add(String line) {
        if (count == marks.length) {
            marks = Arrays.copyOf(marks, count * 2);
        }
        marks[count++] = of(line);
    }

    /** Once all are there. */
    Marks sorted() {
        marks = Arrays.copyOf(marks, count);
        Arrays.sort(marks);
        return this;
    }

    boolean has(String line) {
        return Arrays.binarySearch(marks, of(line)) >= 0;
    }

    boolean areThoseOf(Marks others) {
        return Arrays.equals(marks, others.marks);
    }

    static long of(String line) {
        return ByteBuffer.wrap(Sha256.digest().digest(line.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
