package dev.slipway.postgres.compare;

import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.postgres.table.PostgresTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts what differs and keeps the first of each subject; for a repair it keeps all. */
public final class Differences {
    /** How many of a subject are named. */
    static final int KEPT = 20;

    private final List<Difference> first = new ArrayList<>();
    private final Map<String, Set<String>> items = new HashMap<>();
    private final List<DifferingRows> rows = new ArrayList<>();
    private final DifferingRows.@Nullable SharedScratch scratch;
    private long total;
    private int ofSubject;

    public Differences() {
        this(null);
    }

    /** @param scratch where to keep the places of all rows that differ */
    public Differences(DifferingRows.@Nullable SharedScratch scratch) {
        this.scratch = scratch;
    }

    /** From here on the differences are of another table or kind, of which the first are kept too. */
    void begin() {
        ofSubject = 0;
    }

    public void add(Side side, String item, String detail) {
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

    /** Takes the places of a table's rows. */
    public RowSink rows(PostgresTable source, PostgresTable target) {
        if (scratch == null) {
            return (here, there) -> {};
        }
        DifferingRows kept = new DifferingRows(source, target, scratch);
        rows.add(kept);
        return kept;
    }

    /** Compares what two sides say of the same items, in both directions. */
    void compare(String kind, Map<String, String> source, Map<String, String> target) {
        begin();
        TreeSet<String> all = new TreeSet<>(source.keySet());
        all.addAll(target.keySet());
        for (String item : all) {
            String here = source.get(item);
            String there = target.get(item);
            if (!Objects.equals(here, there)) {
                items.computeIfAbsent(kind, _ -> new TreeSet<>()).add(item);
                add(side(here, there), kind + item, detail(here, there));
            }
        }
    }

    private static Side side(@Nullable String here, @Nullable String there) {
        return there == null ? Side.ONLY_SOURCE : here == null ? Side.ONLY_TARGET : Side.BOTH;
    }

    private static String detail(@Nullable String here, @Nullable String there) {
        return here == null || there == null ? "" : "source: " + here + " / target: " + there;
    }

    /** Which items of a kind differ. */
    public Set<String> items(String kind) {
        return items.getOrDefault(kind, Set.of());
    }

    /** The rows that differ, by table; empty unless they are kept. */
    public List<DifferingRows> rows() {
        return rows.stream()
                .filter(table -> table.ofSource() + table.ofTarget() > 0)
                .toList();
    }

    long total() {
        return total;
    }

    List<Difference> first() {
        return List.copyOf(first);
    }
}
