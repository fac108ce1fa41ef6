package dev.slipway.postgres;

import java.sql.SQLException;
import java.util.List;

/** Compares the rows of a table that both sides have. */
final class RowComparison {
    private final PostgresSession here;
    private final PostgresSession there;
    private final Differences differences;
    private final CopyProgress progress;

    RowComparison(PostgresSession here, PostgresSession there, Differences differences, CopyProgress progress) {
        this.here = here;
        this.there = there;
        this.differences = differences;
        this.progress = progress;
    }

    /** Returns the digest of the source's rows. */
    RowDigest run(PostgresTable source, PostgresTable target) throws SQLException {
        List<String> columns =
                source.columns().stream().filter(target.columns()::contains).toList();
        BothSides sides = new BothSides(here, there);
        BothSides.Results<RowDigest> both = sides.run(
                session -> digest(session, source, columns, true), session -> digest(session, target, columns, false));
        if (both.source().rows() != both.target().rows()
                || !both.source().hex().equals(both.target().hex())) {
            differences.begin();
            new RowDifferences(sides, source, target, columns).find(differences);
        }
        return both.source();
    }

    void end() {
        progress.end();
    }

    private RowDigest digest(PostgresSession session, PostgresTable table, List<String> columns, boolean told)
            throws SQLException {
        CopyProgress.Meter meter = progress.meter(table);
        return new TableRows(table, columns, RowFormat.of(table, columns.size()))
                .read(session, table.from(), told ? meter::seen : digest -> {});
    }
}
