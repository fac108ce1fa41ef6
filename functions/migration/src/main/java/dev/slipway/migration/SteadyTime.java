package dev.slipway.migration;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A time by which spans are measured: the machine's when this began, and from then on what has gone by, whatever becomes of the
 * machine's clock meanwhile.
 */
public final class SteadyTime implements InstantSource {
    private final Instant began;
    private final LongSupplier nanos;
    private final long first;

    public SteadyTime() {
        this(InstantSource.system(), System::nanoTime);
    }

    SteadyTime(InstantSource clock, LongSupplier nanos) {
        this.began = clock.instant();
        this.nanos = nanos;
        this.first = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return began.plusNanos(nanos.getAsLong() - first);
    }
}
