package dev.slipway.postgres;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Copies the rows of all tables, the largest first, a few at a time. One failure ends them all, and is the one that is told. */
final class TableCopies {
    private final StoreUrl source;
    private final StoreUrl target;
    private final String snapshot;
    private final CopyLedger ledger;
    private final int jobs;
    private final ReadLimit limit;
    private final Progress progress;
    private final Queue<PostgresSession> sessions = new ConcurrentLinkedQueue<>();

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
        Queue<TableChunk> waiting = new ConcurrentLinkedQueue<>();
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
        int workers = Math.min(jobs, waiting.size());
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("copy-", 0).factory())) {
            ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(threads);
            for (int job = 0; job < workers; job++) {
                running.submit(() -> {
                    work(waiting, watched);
                    return null;
                });
            }
            await(running, workers);
        } finally {
            sessions.forEach(PostgresSession::close);
        }
        watched.end();
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

    private void work(Queue<TableChunk> waiting, CopyProgress watched) throws SQLException {
        PostgresSession from = keep(PostgresSession.open(source));
        PostgresSession to = keep(PostgresSession.open(target));
        from.importSnapshot(snapshot);
        for (TableChunk chunk = waiting.poll(); chunk != null; chunk = waiting.poll()) {
            new TableCopy(from, to, ledger, watched, limit).run(chunk);
        }
    }

    private PostgresSession keep(PostgresSession session) {
        sessions.add(session);
        return session;
    }

    private void await(ExecutorCompletionService<Void> running, int workers) throws SQLException {
        for (int job = 0; job < workers; job++) {
            try {
                running.take().get();
            } catch (ExecutionException e) {
                abort();
                throw rethrow(e);
            } catch (InterruptedException e) {
                abort();
                Thread.currentThread().interrupt();
                throw new SQLException("the copy was interrupted", e);
            }
        }
    }

    private void abort() {
        sessions.forEach(PostgresSession::abort);
    }

    private static SQLException rethrow(ExecutionException e) {
        return switch (e.getCause()) {
            case SQLException cause -> cause;
            case RuntimeException cause -> throw cause;
            case null, default -> throw new IllegalStateException(e);
        };
    }

    private static List<PostgresTable> largestFirst(List<PostgresTable> all) {
        return all.stream()
                .filter(table -> table.kind() == PostgresTable.Kind.TABLE)
                .sorted(Comparator.comparingLong(PostgresTable::bytes).reversed())
                .toList();
    }
}
