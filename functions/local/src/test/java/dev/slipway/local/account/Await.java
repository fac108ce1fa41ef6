package dev.slipway.local.account;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that another process does. */
final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Await() {}

    static void until(BooleanSupplier condition) {
        until(condition, PATIENCE);
    }

    static void until(BooleanSupplier condition, Duration patience) {
        until(condition, patience, () -> "");
    }

    /** @param seen what there was instead */
    static void until(BooleanSupplier condition, Supplier<?> seen) {
        until(condition, PATIENCE, seen);
    }

    /** @param seen what there was instead */
    static void until(BooleanSupplier condition, Duration patience, Supplier<?> seen) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited for " + patience + " " + seen.get());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
