package dev.slipway.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which indexes are still to be built, on which tables, the dearest first. */
final class IndexPlan {
    private final Map<String, List<IndexScript>> byTable = new HashMap<>();
    private final Map<String, Long> bytesByTable = new HashMap<>();

    /** An index of the source. */
    private record Known(String table, long bytes) {}

    /** An index of what is not copied by rows, such as a partitioned parent, waits for nothing. */
    static IndexPlan read(PostgresSession from, List<IndexScript> indexes, List<PostgresTable> tables)
            throws SQLException {
        Map<String, Known> known = known(from);
        Set<String> copied = tables.stream()
                .filter(table -> table.kind() == PostgresTable.Kind.TABLE)
                .map(PostgresTable::qualified)
                .collect(Collectors.toSet());
        IndexPlan plan = new IndexPlan();
        indexes.stream()
                .sorted(Comparator.comparingLong((IndexScript index) -> bytes(known, index))
                        .reversed())
                .forEach(index -> plan.add(index, known.get(index.qualified()), copied));
        return plan;
    }

    private void add(IndexScript index, @Nullable Known known, Set<String> copied) {
        String table = known != null && copied.contains(known.table) ? known.table : "";
        byTable.computeIfAbsent(table, name -> new ArrayList<>()).add(index);
        bytesByTable.merge(table, known == null ? 0 : known.bytes, Long::sum);
    }

    /** Those that can be built when the table's rows are there. */
    List<IndexScript> of(PostgresTable table) {
        return byTable.getOrDefault(table.qualified(), List.of());
    }

    /** Those that wait for no rows. */
    List<IndexScript> free() {
        return byTable.getOrDefault("", List.of());
    }

    /** What the table's rows and the indexes on them weigh together. */
    long weight(PostgresTable table) {
        return table.bytes() + bytesByTable.getOrDefault(table.qualified(), 0L);
    }

    private static long bytes(Map<String, Known> known, IndexScript index) {
        Known found = known.get(index.qualified());
        return found == null ? 0 : found.bytes;
    }

    private static Map<String, Known> known(PostgresSession from) throws SQLException {
        Map<String, Known> known = new HashMap<>();
        from.query("""
                SELECT n.nspname || '.' || c.relname, format('"%s"."%s"', replace(tn.nspname, '"', '""'), replace(t.relname, '"', '""')), pg_relation_size(c.oid)
                  FROM pg_index i
                  JOIN pg_class c ON c.oid = i.indexrelid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_class t ON t.oid = i.indrelid
                  JOIN pg_namespace tn ON tn.oid = t.relnamespace
                """, row -> known.put(row.getString(1), new Known(row.getString(2), row.getLong(3))));
        return known;
    }
}
