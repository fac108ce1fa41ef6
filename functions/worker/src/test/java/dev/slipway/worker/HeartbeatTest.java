package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HeartbeatTest {
    @Test
    void stopsTheWorkerWhenTheStateDoesNotWaitAnyMore() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicInteger beats = new AtomicInteger();

        try (Heartbeat _ =
                Heartbeat.start(alive(() -> beats.incrementAndGet() < 3), Duration.ofMillis(3), stopped::countDown)) {
            assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(beats).hasValue(3);
    }

    @Test
    void beatsThreeTimesWithinThePatienceOfTheState() throws InterruptedException {
        Semaphore beats = new Semaphore(0);
        long begun = System.nanoTime();
        try (Heartbeat _ = Heartbeat.start(
                alive(() -> {
                    beats.release();
                    return true;
                }),
                Duration.ofMillis(300),
                () -> {})) {
            assertThat(beats.tryAcquire(4, 20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void stopsNobodyWhenItIsClosed() throws InterruptedException {
        Semaphore beats = new Semaphore(0);
        AtomicInteger stops = new AtomicInteger();
        Heartbeat heartbeat = Heartbeat.start(
                alive(() -> {
                    beats.release();
                    return true;
                }),
                Duration.ofMinutes(5),
                stops::incrementAndGet);
        assertThat(beats.tryAcquire(20, TimeUnit.SECONDS)).isTrue();

        heartbeat.close();

        assertThat(stops).hasValue(0);
    }

    private static Answer alive(java.util.function.BooleanSupplier waiting) {
        return new Answer() {
            @Override
            public boolean alive() {
                return waiting.getAsBoolean();
            }

            @Override
            public void succeed(String json) {
                throw new AssertionError(json);
            }

            @Override
            public void fail(String error, String cause) {
                throw new AssertionError(cause);
            }
        };
    }
}
