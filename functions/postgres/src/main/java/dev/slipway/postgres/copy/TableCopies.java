package dev.slipway.postgres.copy;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Progress;
import dev.slipway.migration.ReadLimit;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.schema.IndexPlan;
import dev.slipway.postgres.schema.IndexScript;
import dev.slipway.postgres.schema.SchemaScripts;
import dev.slipway.postgres.session.AppPath;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.ReadLocks;
import dev.slipway.postgres.table.TableChunk;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Copies the rows of all tables and builds the indexes on them, a few pieces at a time. The table that weighs most with its indexes
 * comes first, and its indexes as soon as its rows are there: the largest of them may take longer than all else.
 */
public final class TableCopies {
    private final StoreUrl source;
    private final StoreUrl target;
    private final AppPath path;
    private final String snapshot;
    private final CopyLedger ledger;
    private final long chunkBytes;
    private final int jobs;
    private final ReadLimit limit;
    private final Progress progress;

    public TableCopies(
            StoreUrl source,
            StoreUrl target,
            AppPath path,
            String snapshot,
            CopyLedger ledger,
            long chunkBytes,
            CopyOptions options,
            Progress progress) {
        this.source = source;
        this.target = target;
        this.path = path;
        this.snapshot = snapshot;
        this.ledger = ledger;
        this.chunkBytes = chunkBytes;
        this.jobs = options.pace().jobs();
        this.limit = ReadLimit.of(options.pace().bytesPerSecond());
        this.progress = progress;
    }

    public void run(PostgresSession to, List<PostgresTable> all, IndexPlan indexes) throws SQLException {
        CopyProgress watched = new CopyProgress(progress, all);
        CopySchedule schedule = new CopySchedule();
        CopyLedger.Notes notes = ledger.notes(to);
        for (PostgresTable table : heaviestFirst(all, indexes)) {
            MissingChunks chunks = MissingChunks.of(to, ledger, notes, table, chunkBytes);
            chunks.done().forEach(watched::skip);
            schedule.add(chunks.missing(), unbuilt(notes, indexes.of(table)), indexes.weight(table));
        }
        schedule.add(unbuilt(notes, indexes.free()));
        run(schedule, watched, SchemaScripts.settings(to));
    }

    /** Only these chunks, whatever else is missing. */
    public void run(List<TableChunk> chunks) throws SQLException {
        CopySchedule schedule = new CopySchedule();
        chunks.forEach(chunk -> schedule.add(List.of(chunk), List.of(), chunk.estimatedBytes()));
        run(schedule, CopyProgress.of(chunks, progress), Set.of());
    }

    private void run(CopySchedule schedule, CopyProgress watched, Set<String> settings) throws SQLException {
        new SessionJobs<CopyPiece>(() -> open(watched, settings))
                .run(schedule.backlog(), Math.min(jobs, schedule.pieces()));
        watched.end();
    }

    private static List<IndexScript> unbuilt(CopyLedger.Notes notes, List<IndexScript> indexes) {
        return indexes.stream().filter(index -> !notes.has(index.part())).toList();
    }

    private SessionJobs.Job<CopyPiece> open(CopyProgress watched, Set<String> settings) throws SQLException {
        List<PostgresSession> opened = new ArrayList<>();
        try {
            opened.add(PostgresSession.open(source));
            opened.add(PostgresSession.openForScripts(target));
            opened.getFirst().importSnapshot(snapshot);
            opened.getLast().execute(Sql.file("copy/copy-settings"));
            path.enter(opened.getLast());
            ledger.enter(opened.getLast());
            return job(opened.getFirst(), new ReadLocks(opened.getFirst()), opened.getLast(), watched, settings);
        } catch (SQLException | RuntimeException e) {
            opened.forEach(PostgresSession::close);
            throw e;
        }
    }

    private SessionJobs.Job<CopyPiece> job(
            PostgresSession from, ReadLocks locks, PostgresSession to, CopyProgress watched, Set<String> settings) {
        return new SessionJobs.Job<>() {
            @Override
            public List<PostgresSession> sessions() {
                return List.of(from, to);
            }

            @Override
            public void run(CopyPiece piece) throws SQLException {
                switch (piece) {
                    case CopyPiece.Rows rows -> {
                        locks.expectRows(rows.chunks());
                        new TableCopy(from, to, ledger, watched, limit).run(rows.chunks());
                    }
                    case CopyPiece.Indexes indexes -> build(to, indexes.scripts(), settings);
                }
            }
        };
    }

    private void build(PostgresSession session, List<IndexScript> indexes, Set<String> settings) throws SQLException {
        String script = indexes.stream()
                .map(index -> memory(index) + SchemaScripts.forServer(index.script(), settings))
                .collect(Collectors.joining("", "", path.entry()));
        try {
            build(session, indexes, script);
        } catch (SQLException e) {
            if (!AppPath.isMissing(e)) {
                throw e;
            }
            build(session, indexes, path.script(script));
        }
    }

    private void build(PostgresSession session, List<IndexScript> indexes, String script) throws SQLException {
        session.transaction(() -> {
            session.execute(script);
            ledger.note(
                    session,
                    indexes.stream()
                            .map(index -> CopyLedger.Entry.of(index.part()))
                            .toList());
        });
    }

    private static String memory(IndexScript index) {
        return index.isInverted() ? "SET LOCAL maintenance_work_mem TO DEFAULT;\n" : "";
    }

    private static List<PostgresTable> heaviestFirst(List<PostgresTable> all, IndexPlan indexes) {
        return all.stream()
                .filter(table -> table.kind() == PostgresTable.Kind.TABLE)
                .sorted(Comparator.comparingLong(indexes::weight).reversed())
                .toList();
    }
}
