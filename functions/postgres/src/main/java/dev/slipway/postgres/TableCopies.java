package dev.slipway.postgres;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Copies the rows of all tables and builds the indexes on them, a few pieces at a time. The table that weighs most with its indexes
 * comes first, and its indexes as soon as its rows are there: the largest of them may take longer than all else.
 */
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

    void run(PostgresSession to, List<PostgresTable> all, IndexPlan indexes) throws SQLException {
        CopyProgress watched = new CopyProgress(progress, all);
        List<CopyPiece> ready = new ArrayList<>();
        Map<PostgresTable, Integer> missing = new HashMap<>();
        Map<PostgresTable, List<IndexScript>> waiting = new HashMap<>();
        for (PostgresTable table : heaviestFirst(all, indexes)) {
            List<TableChunk> chunks = missing(to, table, watched);
            List<IndexScript> unbuilt = unbuilt(to, indexes.of(table));
            if (chunks.isEmpty()) {
                ready.addAll(unbuilt);
            } else {
                ready.addAll(chunks);
                missing.put(table, chunks.size());
                waiting.put(table, unbuilt);
            }
        }
        ready.addAll(unbuilt(to, indexes.free()));
        Backlog<CopyPiece> backlog = new Backlog<>(ready, done -> followers(done, missing, waiting));
        int pieces =
                ready.size() + waiting.values().stream().mapToInt(List::size).sum();
        new SessionJobs<CopyPiece>(() -> open(watched)).run(backlog, Math.min(jobs, pieces));
        watched.end();
    }

    /** Only these chunks, whatever else is missing. */
    void run(List<TableChunk> chunks) throws SQLException {
        CopyProgress watched = CopyProgress.of(chunks, progress);
        new SessionJobs<CopyPiece>(() -> open(watched))
                .run(new Backlog<>(List.copyOf(chunks), done -> List.of()), Math.min(jobs, chunks.size()));
        watched.end();
    }

    private static List<CopyPiece> followers(
            CopyPiece done, Map<PostgresTable, Integer> missing, Map<PostgresTable, List<IndexScript>> waiting) {
        return done instanceof TableChunk chunk && missing.merge(chunk.table(), -1, Integer::sum) == 0
                ? List.copyOf(waiting.getOrDefault(chunk.table(), List.of()))
                : List.of();
    }

    private List<TableChunk> missing(PostgresSession to, PostgresTable table, CopyProgress watched)
            throws SQLException {
        MissingChunks chunks = MissingChunks.of(to, ledger, table);
        chunks.done().forEach(watched::skip);
        return chunks.missing();
    }

    private List<IndexScript> unbuilt(PostgresSession to, List<IndexScript> indexes) throws SQLException {
        List<IndexScript> unbuilt = new ArrayList<>();
        for (IndexScript index : indexes) {
            if (!ledger.has(to, index.part())) {
                unbuilt.add(index);
            }
        }
        return unbuilt;
    }

    private SessionJobs.Job<CopyPiece> open(CopyProgress watched) throws SQLException {
        PostgresSession from = PostgresSession.open(source);
        PostgresSession to = PostgresSession.open(target);
        PostgresSession scripts = PostgresSession.openForScripts(target);
        from.importSnapshot(snapshot);
        ledger.enter(to);
        Set<String> settings = SchemaScripts.settings(scripts);
        return new SessionJobs.Job<>() {
            @Override
            public List<PostgresSession> sessions() {
                return List.of(from, to, scripts);
            }

            @Override
            public void run(CopyPiece piece) throws SQLException {
                switch (piece) {
                    case TableChunk chunk -> new TableCopy(from, to, ledger, watched, limit).run(List.of(chunk));
                    case IndexScript index -> build(scripts, index, settings);
                }
            }
        };
    }

    private void build(PostgresSession session, IndexScript index, Set<String> settings) throws SQLException {
        session.transaction(() -> {
            session.execute(SchemaScripts.forServer(index.script(), settings));
            ledger.note(session, index.part(), "");
        });
    }

    private static List<PostgresTable> heaviestFirst(List<PostgresTable> all, IndexPlan indexes) {
        return all.stream()
                .filter(table -> table.kind() == PostgresTable.Kind.TABLE)
                .sorted(Comparator.comparingLong(indexes::weight).reversed())
                .toList();
    }
}
