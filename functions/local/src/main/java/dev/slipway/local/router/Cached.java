package dev.slipway.local.router;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is asked for again when it is older than the given age, by one caller, while the others go on with the old one
 * up to twice that age. Nobody asks while nobody needs it.
 */
final class Cached<T> implements Supplier<T> {
    private final Supplier<T> source;
    private final Duration age;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Kept<T> kept;

    private record Kept<T>(T value, Instant at) {}

    Cached(Supplier<T> source, Duration age, InstantSource clock) {
        this.source = source;
        this.age = age;
        this.clock = clock;
    }

    @Override
    public T get() {
        Kept<T> known = kept;
        if (known != null && isYoungerThan(age, known)) {
            return known.value;
        }
        if (known != null && isYoungerThan(age.multipliedBy(2), known) && !lock.tryLock()) {
            return known.value;
        }
        if (!lock.isHeldByCurrentThread()) {
            lock.lock();
        }
        try {
            return fresh();
        } finally {
            lock.unlock();
        }
    }

    private T fresh() {
        Kept<T> known = kept;
        if (known != null && isYoungerThan(age, known)) {
            return known.value;
        }
        T value = source.get();
        kept = new Kept<>(value, clock.instant());
        return value;
    }

    private boolean isYoungerThan(Duration limit, Kept<T> known) {
        return known.at.plus(limit).isAfter(clock.instant());
    }
}
