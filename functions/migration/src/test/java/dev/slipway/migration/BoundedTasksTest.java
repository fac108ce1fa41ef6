package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BoundedTasksTest {
    @Test
    void runsNoMoreThanTheGivenNumberAtOnce() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (BoundedTasks tasks = new BoundedTasks("test", 3)) {
            for (int i = 0; i < 100; i++) {
                tasks.run(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(100_000);
                    running.decrementAndGet();
                    done.incrementAndGet();
                });
            }
            tasks.await();
        }
        assertThat(done).hasValue(100);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void throwsTheFirstFailureAndStartsNothingAfterIt() {
        try (BoundedTasks tasks = new BoundedTasks("test", 1)) {
            tasks.run(() -> {
                throw new IllegalStateException("broken");
            });
            assertThatThrownBy(() -> tasks.run(() -> {})).hasMessage("broken");
            assertThatThrownBy(tasks::await).hasMessage("broken");
        }
    }

    @Test
    void interruptsWhatRunsWhenItIsGivenUp() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        try (BoundedTasks tasks = new BoundedTasks("test", 1)) {
            tasks.run(() -> {
                try {
                    begun.countDown();
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                }
            });
            begun.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(interrupted).hasValue(1);
    }
}
