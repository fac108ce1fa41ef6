package dev.slipway.postgres.compare;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Counts rows that differ, and keeps those that come first in their table. */
final class FirstRows implements RowSink {
    private static final Comparator<Pair> BY_PLACE = Comparator.comparingLong(Pair::first);
    private final int kept;
    private final PriorityQueue<Pair> first = new PriorityQueue<>(BY_PLACE.reversed());
    private long total;

    FirstRows(int kept) {
        this.kept = kept;
    }

    /** The places of a row on both sides. */
    record Pair(long source, long target) {
        private long first() {
            return source == RowPlace.NONE ? target : source;
        }
    }

    @Override
    public void add(long source, long target) {
        total++;
        first.add(new Pair(source, target));
        if (first.size() > kept) {
            first.remove();
        }
    }

    long total() {
        return total;
    }

    List<Pair> first() {
        return first.stream().sorted(BY_PLACE).toList();
    }
}
