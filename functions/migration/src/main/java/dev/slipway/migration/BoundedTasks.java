package dev.slipway.migration;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on named virtual threads, a bounded number at a time; the first failure ends the work. Give it tasks, then
 * {@link #await()}; {@link #close()} alone gives the work up.
 */
public final class BoundedTasks implements AutoCloseable {
    private final int atOnce;
    private final Semaphore permits;
    private final ExecutorService executor;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    public BoundedTasks(String name, int atOnce) {
        this.atOnce = atOnce;
        this.permits = new Semaphore(atOnce);
        this.executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
    }

    /** Starts the task as soon as there is room. Throws what an earlier task threw. */
    public void run(Runnable task) {
        acquire(1);
        if (failure.get() != null) {
            permits.release();
            rethrow();
        }
        executor.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                permits.release();
            }
        });
    }

    /** Returns when all tasks have ended well; throws what the first that failed threw. */
    public void await() {
        acquire(atOnce);
        permits.release(atOnce);
        rethrow();
    }

    /** Interrupts the tasks that still run and waits for them. */
    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
    }

    private void acquire(int wanted) {
        try {
            permits.acquire(wanted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for tasks");
        }
    }

    private void rethrow() {
        switch (failure.get()) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }
}
