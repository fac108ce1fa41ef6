package dev.slipway.postgres.compare;

import dev.slipway.migration.Progress;
import dev.slipway.postgres.copy.CopyProgress;
import dev.slipway.postgres.session.BothSides;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowDigest;
import dev.slipway.postgres.table.RowFormat;
import dev.slipway.postgres.table.TableRows;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the rows of the tables that both sides have: first the digests of all, then, where they differ, row by row. */
final class RowComparison {
    private final BothSides sides;
    private final Map<PostgresTable, PostgresTable> tables;
    private final KnownDigests known;
    private final RowsNow now;
    private final Progress progress;

    /**
     * @param tables each of the source's with the target's
     * @param known what need not be read of the source
     * @param now what need not be read of either side
     */
    RowComparison(
            BothSides sides,
            Map<PostgresTable, PostgresTable> tables,
            KnownDigests known,
            RowsNow now,
            Progress progress) {
        this.sides = sides;
        this.tables = tables;
        this.known = known;
        this.now = now;
        this.progress = progress;
    }

    /** Returns the digests of the source's rows. */
    Map<PostgresTable, RowDigest> run(Differences differences) throws SQLException {
        Map<PostgresTable, RowDigest> read = new HashMap<>();
        Set<PostgresTable> told = new HashSet<>();
        Map<PostgresTable, TableRows> ofSource = new HashMap<>();
        Map<PostgresTable, TableRows> ofTarget = new HashMap<>();
        Map<PostgresTable, RowDigest> readOfTarget = new HashMap<>();
        tables.forEach((source, target) -> {
            Common common = Common.of(source, target);
            known.of(source, common.columns, common.format)
                    .or(() -> now.ofSource(source))
                    .ifPresentOrElse(
                            digest -> {
                                read.put(source, digest);
                                told.add(target);
                            },
                            () -> ofSource.put(source, common.rows(source)));
            now.ofTarget(target)
                    .ifPresentOrElse(
                            digest -> readOfTarget.put(target, digest),
                            () -> ofTarget.put(target, common.rows(target)));
        });
        CopyProgress watched = new CopyProgress(progress, List.copyOf(tables.keySet()));
        BothSides.Results<Map<PostgresTable, RowDigest>> digests = sides.run(
                session -> new SideDigests(session, ofSource, table -> watched.meter(table)::seen).read(),
                session -> new SideDigests(
                                session,
                                ofTarget,
                                table -> told.contains(table) ? watched.meter(table)::seen : digest -> {})
                        .read());
        read.putAll(digests.source());
        readOfTarget.putAll(digests.target());
        for (PostgresTable source :
                tables.keySet().stream().sorted(PostgresTable.BY_NAME).toList()) {
            PostgresTable target = tables.getOrDefault(source, source);
            if (!read.getOrDefault(source, new RowDigest())
                    .isSame(readOfTarget.getOrDefault(target, new RowDigest()))) {
                differences.begin();
                new RowDifferences(
                                sides, source, target, Common.of(source, target).columns())
                        .find(differences);
            }
        }
        watched.end();
        return read;
    }

    /**
     * What can be compared of two tables.
     *
     * @param columns that both have
     */
    record Common(List<String> columns, RowFormat format) {
        static Common of(PostgresTable source, PostgresTable target) {
            List<String> columns =
                    source.columns().stream().filter(target.columns()::contains).toList();
            return new Common(columns, RowFormat.of(source, target, columns));
        }

        TableRows rows(PostgresTable table) {
            return new TableRows(table, columns, format);
        }
    }
}
