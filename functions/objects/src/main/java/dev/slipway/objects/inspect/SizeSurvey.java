package dev.slipway.objects.inspect;

import dev.slipway.migration.Bytes;
import dev.slipway.migration.Detail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/** How many objects there are, how large and how old; nothing in it grows with their number. */
final class SizeSurvey {
    private static final int LARGEST = 10;

    private final Map<Size, Long> bySize = new LinkedHashMap<>();
    private final PriorityQueue<Measured> largest = new PriorityQueue<>(Comparator.comparingLong(Measured::bytes));
    private Instant oldest = Instant.MAX;
    private Instant newest = Instant.MIN;
    private long count;
    private long bytes;

    /** Bounds that a copy knows: what goes in one request, and what S3 takes in one. */
    private enum Size {
        EMPTY("empty", 0),
        UNDER_4_KB("up to 4 KiB", 4L << 10),
        UNDER_64_KB("up to 64 KiB", 64L << 10),
        UNDER_1_MB("up to 1 MiB", 1L << 20),
        UNDER_8_MB("up to 8 MiB", 8L << 20),
        UNDER_64_MB("up to 64 MiB", 64L << 20),
        UNDER_1_GB("up to 1 GiB", 1L << 30),
        UNDER_5_GB("up to 5 GiB", 5L << 30),
        LARGER("larger", Long.MAX_VALUE);

        private final String words;
        private final long most;

        Size(String words, long most) {
            this.words = words;
            this.most = most;
        }

        static Size of(long bytes) {
            for (Size size : values()) {
                if (bytes <= size.most) {
                    return size;
                }
            }
            return LARGER;
        }
    }

    private record Measured(String key, long bytes) {}

    void add(String key, long size, Instant time) {
        count++;
        bytes += size;
        bySize.merge(Size.of(size), 1L, Long::sum);
        oldest = time.isBefore(oldest) ? time : oldest;
        newest = time.isAfter(newest) ? time : newest;
        largest.add(new Measured(key, size));
        if (largest.size() > LARGEST) {
            largest.remove();
        }
    }

    long count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    List<Detail> details() {
        List<Detail> details = new ArrayList<>();
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (Size size : Size.values()) {
            sizes.put(size.words, bySize.getOrDefault(size, 0L));
        }
        details.add(new Detail("sizes", sizes, count == 0 ? Detail.NONE : counts(sizes)));
        List<Measured> first = largest.stream()
                .sorted(Comparator.comparingLong(Measured::bytes).reversed().thenComparing(Measured::key))
                .toList();
        details.add(new Detail(
                "largest",
                first.stream()
                        .map(each -> Map.of("key", each.key, "bytes", each.bytes))
                        .toList(),
                first.isEmpty()
                        ? Detail.NONE
                        : first.stream()
                                .limit(3)
                                .map(each -> each.key + " " + Bytes.text((double) each.bytes))
                                .collect(Collectors.joining(", "))));
        details.add(time("oldest", oldest));
        details.add(time("newest", newest));
        return details;
    }

    private Detail time(String name, Instant time) {
        return count == 0 ? new Detail(name, null, Detail.NONE) : new Detail(name, time.toString(), time.toString());
    }

    /** Those that there are, in their order. */
    static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
