package dev.slipway.postgres.schema;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.table.PostgresTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which indexes are to be built, on which tables. A key that cannot adopt its index comes first, because making it would wait for all
 * that is being built on the table, and the session with it; then the dearest.
 */
public final class IndexPlan {
    private final Map<String, List<IndexScript>> byTable = new HashMap<>();
    private final Map<String, Long> costByTable = new HashMap<>();
    private final StringBuilder adoptions = new StringBuilder();

    /** An index of the source; its cost is in bytes of a btree, of which as many are built in the same time. */
    private record Known(String table, long cost) {}

    /** An index of what is not copied by rows, such as a partitioned parent, waits for nothing. */
    public static IndexPlan read(PostgresSession from, List<IndexScript> indexes, List<PostgresTable> tables)
            throws SQLException {
        Map<String, Known> known = known(from);
        Set<String> copied = tables.stream()
                .filter(table -> table.kind() == PostgresTable.Kind.TABLE)
                .map(PostgresTable::qualified)
                .collect(Collectors.toSet());
        IndexPlan plan = new IndexPlan();
        KeyIndexes keys = KeyIndexes.read(from);
        indexes.stream()
                .map(index -> keys.split(index).map(plan::adopt).orElse(index))
                .sorted(Comparator.comparing(IndexScript::key)
                        .thenComparingLong(index -> cost(known, index))
                        .reversed())
                .forEach(index -> plan.add(index, find(known, index), copied));
        return plan;
    }

    private IndexScript adopt(KeyIndexes.Split key) {
        adoptions.append(key.adoption());
        return key.index();
    }

    private void add(IndexScript index, @Nullable Known known, Set<String> copied) {
        String table = known != null && copied.contains(known.table) ? known.table : "";
        byTable.computeIfAbsent(table, name -> new ArrayList<>()).add(index);
        costByTable.merge(table, known == null ? 0 : known.cost, Long::sum);
    }

    /** Those that can be built when the table's rows are there. */
    public List<IndexScript> of(PostgresTable table) {
        return byTable.getOrDefault(table.qualified(), List.of());
    }

    /** Those that wait for no rows. */
    public List<IndexScript> free() {
        return byTable.getOrDefault("", List.of());
    }

    /** What makes keys of indexes, when all indexes are there. */
    public String adoptions() {
        return adoptions.toString();
    }

    /** What the table's rows and the indexes on them weigh together. */
    public long weight(PostgresTable table) {
        return table.bytes() + costByTable.getOrDefault(table.qualified(), 0L);
    }

    private static long cost(Map<String, Known> known, IndexScript index) {
        Known found = find(known, index);
        return found == null ? 0 : found.cost;
    }

    private static @Nullable Known find(Map<String, Known> known, IndexScript index) {
        Known constraint = known.get(index.schema() + "." + index.tag());
        return constraint == null ? known.get(index.qualified()) : constraint;
    }

    private static Map<String, Known> known(PostgresSession from) throws SQLException {
        Map<String, Known> known = new HashMap<>();
        from.query("""
                SELECT n.nspname || '.' || c.relname, format('"%s"."%s"', replace(tn.nspname, '"', '""'), replace(t.relname, '"', '""')),
                       -- GIN was measured at 15 MB/s, a btree at 86.
                       pg_relation_size(c.oid) * CASE WHEN m.amname IN ('btree', 'hash', 'brin') THEN 1 ELSE 6 END
                  FROM pg_index i
                  JOIN pg_class c ON c.oid = i.indexrelid
                  JOIN pg_am m ON m.oid = c.relam
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_class t ON t.oid = i.indrelid
                  JOIN pg_namespace tn ON tn.oid = t.relnamespace
                 UNION ALL
                -- Since 18 a NOT NULL may be not valid, with rows that violate it: it comes among the keys and has to wait for those rows.
                SELECT n.nspname || '.' || t.relname || ' ' || c.conname, format('"%s"."%s"', replace(n.nspname, '"', '""'), replace(t.relname, '"', '""')), 0
                  FROM pg_constraint c
                  JOIN pg_class t ON t.oid = c.conrelid
                  JOIN pg_namespace n ON n.oid = t.relnamespace
                 WHERE c.contype = 'n' AND NOT c.convalidated
                """, row -> known.put(row.getString(1), new Known(row.getString(2), row.getLong(3))));
        return known;
    }
}
