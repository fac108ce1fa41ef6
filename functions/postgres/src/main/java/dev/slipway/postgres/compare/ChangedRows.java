package dev.slipway.postgres.compare;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rows may have changed: more of them than did do no harm. Tables are named as {@code PostgresTable.qualified()} does. */
public final class ChangedRows {
    /** Beyond that a table is read whole. */
    private static final int MOST = 500_000;

    private final Map<String, Keys> keys = new HashMap<>();
    private final Set<String> whole = new HashSet<>();

    /**
     * Of a table.
     *
     * @param columns of its key
     * @param values each row's, in the order of the columns, as text
     */
    record Keys(List<String> columns, Set<List<String>> values) {}

    /** A row of a table. */
    public void add(String table, List<String> columns, List<String> key) {
        if (whole.contains(table)) {
            return;
        }
        Keys of = keys.computeIfAbsent(table, first -> new Keys(columns, new HashSet<>()));
        of.values.add(key);
        if (of.values.size() > MOST || !of.columns.equals(columns)) {
            addWhole(table);
        }
    }

    /** Any of a table. */
    public void addWhole(String table) {
        whole.add(table);
        keys.remove(table);
    }

    public void addAll(ChangedRows other) {
        other.whole.forEach(this::addWhole);
        other.keys.forEach((table, more) -> more.values.forEach(key -> add(table, more.columns, key)));
    }

    boolean isWhole(String table) {
        return whole.contains(table);
    }

    Map<String, Keys> keys() {
        return keys;
    }
}
