package dev.slipway.postgres;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Copies the rows of all tables, the largest first, a few parts at a time. */
final class TableCopies {
    private final StoreUrl source;
    private final StoreUrl target;
    private final String snapshot;
    private final CopyLedger ledger;
    private final int jobs;
    private final ReadLimit limit;
    private final Progress progress;

    TableCopies(
            StoreUrl source,
            StoreUrl target,
            String snapshot,
            CopyLedger ledger,
            CopyOptions options,
            Progress progress) {
        this.source = source;
        this.target = target;
        this.snapshot = snapshot;
        this.ledger = ledger;
        this.jobs = options.jobs();
        this.limit = ReadLimit.of(options.bytesPerSecond());
        this.progress = progress;
    }

    void run(PostgresSession to, List<PostgresTable> all) throws SQLException {
        CopyProgress watched = new CopyProgress(progress, all);
        List<TableChunk> waiting = new ArrayList<>();
        for (PostgresTable table : largestFirst(all)) {
            Set<CopyLedger.Part> done = done(to, table);
            for (TableChunk chunk : TableChunk.of(table)) {
                if (done.contains(chunk.part())) {
                    watched.skip(chunk);
                } else {
                    waiting.add(chunk);
                }
            }
        }
        new SessionJobs<TableChunk>(() -> open(watched)).run(waiting, jobs);
        watched.end();
    }

    private SessionJobs.Job<TableChunk> open(CopyProgress watched) throws SQLException {
        PostgresSession from = PostgresSession.open(source);
        PostgresSession to = PostgresSession.open(target);
        from.importSnapshot(snapshot);
        return new SessionJobs.Job<>() {
            @Override
            public List<PostgresSession> sessions() {
                return List.of(from, to);
            }

            @Override
            public void run(TableChunk chunk) throws SQLException {
                new TableCopy(from, to, ledger, watched, limit).run(chunk);
            }
        };
    }

    /** The parts that are there; none of a table that was cut into others, as after a VACUUM that shortened it. */
    private Set<CopyLedger.Part> done(PostgresSession to, PostgresTable table) throws SQLException {
        Set<CopyLedger.Part> noted = ledger.digests(to, table).keySet();
        Set<CopyLedger.Part> planned =
                TableChunk.of(table).stream().map(TableChunk::part).collect(Collectors.toSet());
        if (planned.containsAll(noted)) {
            return noted;
        }
        ledger.takeOff(to, table);
        return Set.of();
    }

    private static List<PostgresTable> largestFirst(List<PostgresTable> all) {
        return all.stream()
                .filter(table -> table.kind() == PostgresTable.Kind.TABLE)
                .sorted(Comparator.comparingLong(PostgresTable::bytes).reversed())
                .toList();
    }
}
