package dev.slipway.postgres.repair;

import dev.slipway.migration.Progress;
import dev.slipway.migration.Repair;
import dev.slipway.postgres.compare.DifferingRows;
import dev.slipway.postgres.compare.RowPlace;
import dev.slipway.postgres.session.AppPath;
import dev.slipway.postgres.session.BothSides;
import dev.slipway.postgres.session.Wire;
import dev.slipway.postgres.table.CopyIn;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowDigest;
import dev.slipway.postgres.table.TableRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces the rows of tables that differ: first all that the target has are deleted, then all that the source has are written.
 * So no row stands in the way of another, whichever table, partition or unique value it had before. Rows are found by their
 * places, under the snapshots that showed them.
 */
final class RowRepair {
    private final BothSides sides;
    private final AppPath path;
    private final List<DifferingRows> tables;
    private final Progress progress;
    private final long ofRows;
    private long rows;

    RowRepair(BothSides sides, AppPath path, List<DifferingRows> tables, Progress progress) {
        this.sides = sides;
        this.path = path;
        this.tables = tables;
        this.progress = progress;
        this.ofRows = tables.stream()
                .mapToLong(table -> table.ofSource() + table.ofTarget())
                .sum();
    }

    List<Repair.Mended> run() throws SQLException {
        Suspended suspended = Suspended.of(
                sides.target(), tables.stream().map(DifferingRows::target).toList());
        path.within(sides.target(), this::replace);
        suspended.resume();
        List<Repair.Mended> done = new ArrayList<>();
        for (DifferingRows table : tables) {
            done.add(new Repair.Mended(table.target().name(), table.ofTarget(), table.ofSource()));
        }
        return done;
    }

    private void replace() throws SQLException {
        for (DifferingRows table : tables) {
            table.forEach((source, target) -> delete(table.target(), target));
        }
        for (DifferingRows table : tables) {
            table.forEach((source, target) -> write(table, source));
        }
    }

    private void delete(PostgresTable table, long[] places) throws SQLException {
        if (places.length > 0) {
            long deleted = sides.target()
                    .only(
                            "WITH gone AS (DELETE FROM ONLY " + table.qualified() + " WHERE"
                                    + RowPlace.condition(places) + " RETURNING 1) SELECT count(*) FROM gone",
                            row -> row.getLong(1));
            demand(table, "deleted", places.length, deleted);
        }
    }

    private void write(DifferingRows table, long[] places) throws SQLException {
        if (places.length > 0) {
            try {
                demand(table.target(), "written", places.length, copy(table, places));
            } catch (SQLException | RuntimeException e) {
                // Both are in the middle of a statement that only its end would free them from.
                sides.abort();
                throw e;
            }
        }
    }

    private long copy(DifferingRows table, long[] places) throws SQLException {
        TableRows rows = TableRows.stored(table.source());
        Wire from = sides.source().wire();
        CopyIn in = new CopyIn(sides.target().wire());
        from.query(rows.question(" FROM ONLY " + table.source().qualified() + " WHERE" + RowPlace.condition(places)));
        in.begin(table.target(), rows.format());
        rows.read(from, new RowDigest(), in::write);
        in.done();
        from.release();
        return in.await().getFirst();
    }

    private void demand(PostgresTable table, String what, long wanted, long got) throws SQLException {
        if (wanted != got) {
            throw new SQLException("of " + wanted + " rows of " + table.name() + " only " + got + " could be " + what);
        }
        rows += got;
        progress.report(new Progress.Amount("repairing " + table.name(), rows, ofRows, 0, 0));
    }
}
