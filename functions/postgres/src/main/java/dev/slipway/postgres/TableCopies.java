package dev.slipway.postgres;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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
        Queue<PostgresTable> waiting = new ConcurrentLinkedQueue<>();
        for (PostgresTable table : largestFirst(all)) {
            if (ledger.has(to, CopyLedger.Part.table(table))) {
                watched.skip(table);
            } else {
                waiting.add(table);
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

    private void work(Queue<PostgresTable> waiting, CopyProgress watched) throws SQLException {
        PostgresSession from = keep(PostgresSession.open(source));
        PostgresSession to = keep(PostgresSession.open(target));
        from.importSnapshot(snapshot);
        for (PostgresTable table = waiting.poll(); table != null; table = waiting.poll()) {
            new TableCopy(from, to, ledger, watched, limit).run(table);
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
