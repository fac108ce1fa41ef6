package dev.slipway.postgres.session;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same kind of work on a source and its target, side by side; where one fails, the other is ended. */
public record BothSides(PostgresSession source, PostgresSession target) {
    /** What is done on one of the sides. */
    @FunctionalInterface
    public interface Work<T> {
        T on(PostgresSession session) throws SQLException;
    }

    /** What came of it on each. */
    public record Results<T>(T source, T target) {}

    public <T> Results<T> run(Work<T> onSource, Work<T> onTarget) throws SQLException {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("compare-", 0).factory())) {
            Future<T> one = threads.submit(() -> onSource.on(source));
            Future<T> two = threads.submit(() -> onTarget.on(target));
            return new Results<>(await(one), await(two));
        }
    }

    private <T> T await(Future<T> side) throws SQLException {
        try {
            return side.get();
        } catch (ExecutionException e) {
            abort();
            throw cause(e);
        } catch (InterruptedException e) {
            abort();
            Thread.currentThread().interrupt();
            throw new SQLException("the comparison was interrupted", e);
        }
    }

    private static SQLException cause(ExecutionException e) {
        return switch (e.getCause()) {
            case SQLException cause -> cause;
            case RuntimeException cause -> throw cause;
            case null, default -> throw new IllegalStateException(e);
        };
    }

    /** Ends whatever either side does. */
    public void abort() {
        source.abort();
        target.abort();
    }
}
