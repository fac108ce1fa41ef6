package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {
    private static final Instant BEGAN = Instant.parse("2026-03-01T12:00:00Z");

    /** A snapshot was let go, since its lease seemed old when the machine's clock had been moved. */
    @Test
    void goesOnAsItWasThoughTheMachinesClockIsMoved() {
        AtomicReference<Instant> clock = new AtomicReference<>(BEGAN);
        AtomicLong nanos = new AtomicLong(-7);
        SteadyTime time = new SteadyTime(clock::get, nanos::get);

        clock.set(BEGAN.plus(Duration.ofHours(2)));
        assertThat(time.instant()).isEqualTo(BEGAN);

        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(time.instant()).isEqualTo(BEGAN.plusSeconds(3));
    }
}
