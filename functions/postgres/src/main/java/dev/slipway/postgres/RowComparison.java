package dev.slipway.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
        RowDigest[] both = digests(source, target, columns);
        if (both[0].rows() != both[1].rows() || !both[0].hex().equals(both[1].hex())) {
            differences.begin();
            long before = differences.total();
            new RowDifferences(source, target, columns, differences).find(here, there);
            if (differences.total() == before) {
                throw new SQLException(
                        "the rows of " + source.name() + " have two digests but no difference was found");
            }
        }
        return both[0];
    }

    void end() {
        progress.end();
    }

    private RowDigest[] digests(PostgresTable source, PostgresTable target, List<String> columns) throws SQLException {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("compare-", 0).factory())) {
            Future<RowDigest> one = threads.submit(() -> digest(here, source, columns, true));
            Future<RowDigest> two = threads.submit(() -> digest(there, target, columns, false));
            return new RowDigest[] {await(one), await(two)};
        }
    }

    private RowDigest await(Future<RowDigest> side) throws SQLException {
        try {
            return side.get();
        } catch (ExecutionException e) {
            abort();
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            abort();
            Thread.currentThread().interrupt();
            throw new SQLException("the comparison was interrupted", e);
        }
    }

    private void abort() {
        here.abort();
        there.abort();
    }

    private RowDigest digest(PostgresSession session, PostgresTable table, List<String> columns, boolean told)
            throws SQLException {
        CopyProgress.Meter meter = progress.meter(table);
        return new TableRows(table, columns, RowFormat.of(table, columns.size()))
                .read(session, table.from(), told ? meter::seen : digest -> {});
    }
}
