package dev.slipway.objects.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SharedTest {
    private static final int MANY = 20;

    private final AtomicInteger put = new AtomicInteger();

    /** What the first one is told was so before the others asked, and says nothing to them. */
    @RepeatedTest(10)
    void thoseThatAskMeanwhileShareTheNextAnswer() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Shared shared = new Shared(() -> {
            put.incrementAndGet();
            begun.countDown();
            await(answered);
        });
        Thread first = Thread.ofPlatform().start(shared::ask);
        begun.await();
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            others.add(Thread.ofPlatform().start(shared::ask));
        }
        while (others.stream().anyMatch(thread -> thread.getState() != Thread.State.BLOCKED)) {
            Thread.onSpinWait();
        }
        answered.countDown();
        first.join();
        for (Thread other : others) {
            other.join();
        }

        assertThat(put).hasValue(2);
    }

    @Test
    void isPutAgainToWhomeverAsksLater() {
        Shared shared = new Shared(put::incrementAndGet);
        shared.ask();
        shared.ask();

        assertThat(put).hasValue(2);
    }

    @Test
    void aRefusalAnswersNobodyElse() {
        Shared shared = new Shared(() -> {
            throw new IllegalStateException("claimed since " + put.incrementAndGet());
        });

        assertThatThrownBy(shared::ask).hasMessage("claimed since 1");
        assertThatThrownBy(shared::ask).hasMessage("claimed since 2");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
