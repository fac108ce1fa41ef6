package dev.slipway.postgres.copy;

import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Pieces of work that some sessions take from a backlog. One failure ends them all, and is the one that is told. */
public final class SessionJobs<T> {
    private final Opener<T> opener;
    private final Queue<Job<T>> open = new ConcurrentLinkedQueue<>();

    public SessionJobs(Opener<T> opener) {
        this.opener = opener;
    }

    /** Opens the sessions of one job. */
    @FunctionalInterface
    public interface Opener<T> {
        Job<T> open() throws SQLException;
    }

    /** What one job works with, and how it does a piece of the work. */
    public interface Job<T> {
        List<PostgresSession> sessions();

        void run(T piece) throws SQLException;
    }

    /** Does all pieces, that many at once. */
    public void run(Backlog<T> backlog, int workers) throws SQLException {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("job-", 0).factory())) {
            ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(threads);
            for (int worker = 0; worker < workers; worker++) {
                running.submit(() -> {
                    work(backlog);
                    return null;
                });
            }
            await(running, workers);
        } finally {
            open.forEach(job -> job.sessions().forEach(PostgresSession::close));
        }
    }

    private void work(Backlog<T> backlog) throws SQLException, InterruptedException {
        boolean whole = false;
        try {
            Job<T> job = opener.open();
            open.add(job);
            for (T piece = backlog.next(); piece != null; piece = backlog.next()) {
                job.run(piece);
                backlog.done(piece);
            }
            whole = true;
        } finally {
            if (!whole) {
                backlog.giveUp();
            }
        }
    }

    private void await(ExecutorCompletionService<Void> running, int workers) throws SQLException {
        for (int worker = 0; worker < workers; worker++) {
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
        open.forEach(job -> job.sessions().forEach(PostgresSession::abort));
    }

    private static SQLException rethrow(ExecutionException e) {
        return switch (e.getCause()) {
            case SQLException cause -> cause;
            case RuntimeException cause -> throw cause;
            case null, default -> throw new IllegalStateException(e);
        };
    }
}
