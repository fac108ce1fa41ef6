package dev.slipway.postgres;

import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.Comparison.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Counts what differs and keeps the first of each subject. */
final class Differences {
    /** How many of a subject are named. */
    static final int KEPT = 20;

    private final List<Difference> first = new ArrayList<>();
    private long total;
    private int ofSubject;

    /** From here on the differences are of another table or kind, of which the first are kept too. */
    void begin() {
        ofSubject = 0;
    }

    void add(Side side, String item, String detail) {
        total++;
        if (ofSubject < KEPT) {
            ofSubject++;
            first.add(new Difference(side, item, detail));
        }
    }

    /** Counts what is not named. */
    void addUnnamed(long more) {
        total += more;
    }

    /** Compares what two sides say of the same items, in both directions. */
    void compare(String kind, Map<String, String> source, Map<String, String> target) {
        begin();
        TreeSet<String> items = new TreeSet<>(source.keySet());
        items.addAll(target.keySet());
        for (String item : items) {
            String here = source.get(item);
            String there = target.get(item);
            if (there == null) {
                add(Side.ONLY_SOURCE, kind + item, "");
            } else if (here == null) {
                add(Side.ONLY_TARGET, kind + item, "");
            } else if (!Objects.equals(here, there)) {
                add(Side.BOTH, kind + item, "source: " + here + " / target: " + there);
            }
        }
    }

    long total() {
        return total;
    }

    List<Difference> first() {
        return List.copyOf(first);
    }
}
