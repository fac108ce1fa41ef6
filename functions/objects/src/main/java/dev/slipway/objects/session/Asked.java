package dev.slipway.objects.session;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A question to a store that is under way while whoever asked it does something else, or looks at the clock. */
public final class Asked<T> {
    private final FutureTask<T> task;

    private Asked(FutureTask<T> task) {
        this.task = task;
    }

    public static <T> Asked<T> of(Callable<T> question) {
        FutureTask<T> task = new FutureTask<>(question);
        Thread.ofVirtual().name("objects-ask").start(task);
        return new Asked<>(task);
    }

    /** Waits for it as long as it takes. */
    public T answer() throws IOException {
        return wait(task::get);
    }

    /** @throws SocketTimeoutException if there is none by then */
    public T answer(Duration within) throws IOException {
        return wait(() -> {
            try {
                return task.get(within.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                forget();
                throw new ExecutionException(
                        new SocketTimeoutException("it said nothing for " + within.toSeconds() + " seconds"));
            }
        });
    }

    /** Gives it up, if it is still under way. */
    public void forget() {
        task.cancel(/* mayInterruptIfRunning= */ true);
    }

    /** A way to wait. */
    @FunctionalInterface
    private interface Waiting<T> {
        T get() throws InterruptedException, ExecutionException;
    }

    private T wait(Waiting<T> waiting) throws IOException {
        try {
            return waiting.get();
        } catch (InterruptedException e) {
            forget();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for a store");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
