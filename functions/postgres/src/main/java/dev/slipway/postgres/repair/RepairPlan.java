package dev.slipway.postgres.repair;

import dev.slipway.migration.Finding;
import dev.slipway.postgres.compare.Differences;
import dev.slipway.postgres.compare.DifferingRows;
import dev.slipway.postgres.compare.PostgresCompare;
import dev.slipway.postgres.session.BothSides;
import dev.slipway.postgres.table.PostgresTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What of the differences between two databases is put right.
 *
 * @param tables whose rows are replaced where they differ
 * @param views materialized views, which the target computes again
 * @param sequences by name
 * @param objects large objects by number
 * @param left the tables that are not, and what to do about them
 */
record RepairPlan(
        List<DifferingRows> tables,
        List<PostgresTable> views,
        Set<String> sequences,
        Set<Long> objects,
        List<Finding> left) {

    static RepairPlan of(BothSides sides, Differences differences) throws SQLException {
        Set<String> schema = differences.items(PostgresCompare.SCHEMA);
        List<Finding> left = new ArrayList<>();
        List<DifferingRows> tables = new ArrayList<>();
        Set<String> views = new TreeSet<>();
        for (DifferingRows rows : differences.rows()) {
            if (rows.source().kind() != rows.target().kind() || columnsDiffer(sides, rows, schema)) {
                left.add(
                        Finding.warning(
                                rows.target().name(),
                                "has other columns than on the source, so its rows were not touched: alter the target's table, then repair again"));
            } else if (rows.target().kind() == PostgresTable.Kind.TABLE) {
                tables.add(rows);
            } else {
                views.add(rows.target().qualified());
            }
        }
        return new RepairPlan(
                tables,
                filled(sides, views),
                sequences(differences, schema),
                differences.items(PostgresCompare.LARGE_OBJECT).stream()
                        .map(Long::valueOf)
                        .collect(Collectors.toSet()),
                left);
    }

    private static boolean columnsDiffer(BothSides sides, DifferingRows rows, Set<String> schema) throws SQLException {
        PostgresTable table = rows.target();
        // The server quotes more names than need it.
        String column = sides.target()
                .only(
                        "SELECT format('column %I.%I.', ?::text, ?::text)",
                        row -> row.getString(1), table.schema(), table.relation());
        return !rows.source().columns().equals(table.columns())
                || schema.stream().anyMatch(item -> item.startsWith(column));
    }

    /** Those that hold other rows than the source's, and those that were never filled. */
    private static List<PostgresTable> filled(BothSides sides, Set<String> differing) throws SQLException {
        PostgresTable.all(sides.target()).stream()
                .filter(table -> table.kind() == PostgresTable.Kind.UNPOPULATED_VIEW)
                .map(PostgresTable::qualified)
                .forEach(differing::add);
        return PostgresTable.all(sides.source()).stream()
                .filter(table -> table.kind() == PostgresTable.Kind.MATERIALIZED_VIEW)
                .filter(table -> differing.contains(table.qualified()))
                .toList();
    }

    /** Only those that both sides have, with one definition. */
    private static Set<String> sequences(Differences differences, Set<String> schema) {
        return differences.items(PostgresCompare.POSITION).stream()
                .filter(sequence -> !schema.contains("sequence " + sequence))
                .collect(Collectors.toSet());
    }

    boolean isEmpty() {
        return tables.isEmpty() && views.isEmpty() && sequences.isEmpty() && objects.isEmpty();
    }
}
