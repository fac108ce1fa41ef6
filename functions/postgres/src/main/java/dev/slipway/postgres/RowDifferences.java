package dev.slipway.postgres;

import dev.slipway.migration.Comparison.Side;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the rows that differ by reading both sides in the order of their keys. Keys are ordered by their text's bytes, which is
 * the same order on servers with different collations. Where there is no key common to both, the row as a whole is its key.
 */
final class RowDifferences {
    private final PostgresTable source;
    private final PostgresTable target;
    private final List<String> columns;
    private final List<String> key;
    private final Differences differences;

    RowDifferences(PostgresTable source, PostgresTable target, List<String> columns, Differences differences) {
        this.source = source;
        this.target = target;
        this.columns = columns;
        this.key = source.key().equals(target.key()) && columns.containsAll(source.key()) ? source.key() : List.of();
        this.differences = differences;
    }

    void find(PostgresSession here, PostgresSession there) throws SQLException {
        SortedRows one = new SortedRows(here, query(source), keys());
        SortedRows two = new SortedRows(there, query(target), keys());
        SortedRows.Row left = one.next();
        SortedRows.Row right = two.next();
        while (left != null || right != null) {
            int order = left == null ? 1 : right == null ? -1 : left.compareKey(right);
            if (order == 0 && left != null && right != null) {
                compare(left, right);
            } else if (order < 0 && left != null) {
                differences.add(Side.ONLY_SOURCE, item(left), "");
            } else if (right != null) {
                differences.add(Side.ONLY_TARGET, item(right), "");
            }
            left = order <= 0 ? one.next() : left;
            right = order >= 0 ? two.next() : right;
        }
    }

    private int keys() {
        return Math.max(1, key.size());
    }

    private String query(PostgresTable table) {
        List<String> keys = key.isEmpty()
                ? List.of("(ROW(" + Sql.identifiers(columns) + ")::text)")
                : key.stream()
                        .map(column -> "(" + Sql.identifier(column) + "::text)")
                        .toList();
        List<String> selected = new ArrayList<>(keys);
        columns.stream().map(Sql::identifier).forEach(selected::add);
        String order = keys.stream().map(each -> each + " COLLATE \"C\"").collect(Collectors.joining(", "));
        return "COPY (SELECT " + String.join(", ", selected) + table.from() + " ORDER BY " + order + ") TO STDOUT";
    }

    private void compare(SortedRows.Row left, SortedRows.Row right) {
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!Arrays.equals(left.field(keys() + i), right.field(keys() + i))) {
                changed.add(columns.get(i));
            }
        }
        if (!changed.isEmpty()) {
            differences.add(Side.BOTH, item(left), "different in " + String.join(", ", changed));
        }
    }

    // A row without a key is named by a digest: its content may be nobody's business.
    private String item(SortedRows.Row row) {
        if (key.isEmpty()) {
            RowDigest digest = new RowDigest();
            digest.add(row.key(0));
            return source.name() + " row " + digest.hex().substring(0, 12);
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            values.add(key.get(i) + "=" + row.keyText(i));
        }
        return source.name() + " " + String.join(", ", values);
    }
}
