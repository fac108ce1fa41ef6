package dev.slipway.local.terminal;

import static dev.slipway.local.terminal.Story.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Progress;
import org.junit.jupiter.api.Test;

class RateTest {
    private final Rate rate = new Rate();

    @Test
    void tellsNothingBeforeItHasSeenEnough() {
        add(0, 0);
        assertThat(rate.speed()).isEmpty();
        add(0.1, 100);
        assertThat(rate.speed()).isEmpty();
    }

    @Test
    void forgetsHowFastItWasLongAgo() {
        for (int second = 0; second <= 10; second++) {
            add(second, second * 1000L);
        }
        for (int second = 11; second <= 20; second++) {
            add(second, 10_000 + (second - 10) * 10L);
        }
        assertThat(rate.speed()).contains(new Rate.Speed(10, 20));
    }

    @Test
    void beginsAgainWhenASecondWorkerDoes() {
        add(0, 0);
        add(2, 5000);
        add(3, 0);
        assertThat(rate.speed()).isEmpty();
        add(4, 100);
        assertThat(rate.speed()).contains(new Rate.Speed(100, 200));
    }

    private void add(double seconds, long items) {
        rate.add(at(seconds), new Progress.Amount("t", items, 0, items * 2, 0));
    }
}
