package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.migration.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
    private static final long ALL = 100_000;

    private final Forecast forecast = new Forecast();

    @Test
    void tellsNothingBeforeItHasSeenEnough() {
        add(0, 0);
        assertThat(forecast.speed()).isEmpty();
        assertThat(left(0)).isEmpty();
        add(0.3, 300);
        assertThat(forecast.speed()).isEmpty();
        add(1.5, 1500);
        assertThat(forecast.speed()).isPresent();
        assertThat(left(1.5)).isEmpty();
    }

    @Test
    void tellsWhenSteadyWorkWillEnd() {
        steadily(0, 20, 1000);
        assertThat(left(20)).contains(Duration.ofSeconds(80));
        assertThat(forecast.speed()).contains(new Forecast.Speed(1000, 2000));
    }

    @Test
    void takesWhatWasDoneBeforeForNoSpeed() {
        add(0, 0);
        add(0.1, 40_000);
        add(0.9, 60_000);
        for (int second = 2; second <= 10; second++) {
            add(second, 60_000 + (second - 1) * 1000L);
        }
        assertThat(left(10).orElseThrow().toSeconds()).isBetween(28L, 36L);
    }

    @Test
    void jumpsNeitherWithANoisyNorWithAJerkyWork() {
        Random random = new Random(7);
        long done = 0;
        List<Double> ends = new ArrayList<>();
        for (int tick = 0; tick < 160; tick++) {
            double at = tick / 2.0;
            done += tick % 6 == 0 ? 2000 + random.nextInt(2000) : 0;
            add(at, done);
            if (at >= 12) {
                left(at).ifPresent(left -> ends.add(at + left.toMillis() / 1000.0));
            }
        }
        assertThat(ends).hasSizeGreaterThan(100);
        for (int i = 1; i < ends.size(); i++) {
            assertThat(ends.get(i)).isCloseTo(ends.get(i - 1), within(0.4 * ends.get(i - 1)));
        }
    }

    @Test
    void followsAChangeOfSpeedThatLasts() {
        steadily(0, 30, 1000);
        for (int second = 31; second <= 90; second++) {
            add(second, 30_000 + (second - 30) * 100L);
        }
        assertThat(left(90).orElseThrow().toSeconds()).isBetween(400L, 700L);
        assertThat(forecast.speed().orElseThrow().items()).isCloseTo(100, within(1.0));
    }

    @Test
    void isSilentWhereTheWorkStandsStillOrIsDoneOrHasNoKnownEnd() {
        steadily(0, 10, 1000);
        assertThat(left(24)).isPresent();
        assertThat(left(26)).isEmpty();
        steadily(11, 100, 1000);
        assertThat(forecast.isDone()).isTrue();
        assertThat(left(100)).isEmpty();
        assertThat(forecast.speed()).isEmpty();

        Forecast endless = new Forecast();
        for (int second = 0; second < 10; second++) {
            endless.add(at(second), new Progress.Amount("t", second * 10L, 0, second * 10L, 0));
        }
        assertThat(endless.speed()).isPresent();
        assertThat(endless.left(at(9))).isEmpty();
        assertThat(endless.share()).isEmpty();
    }

    @Test
    void takesTheLongerOfBytesAndItems() {
        for (int second = 0; second <= 10; second++) {
            forecast.add(at(second), new Progress.Amount("t", second, 100, second * 9L, 100));
        }
        assertThat(left(10)).contains(Duration.ofSeconds(90));
    }

    @Test
    void isSilentWhereOneEstimateWasReachedAndTheOtherWasNot() {
        for (int second = 0; second <= 10; second++) {
            forecast.add(at(second), new Progress.Amount("t", second * 10L, 100, second, 100));
        }
        assertThat(forecast.isDone()).isFalse();
        assertThat(left(10)).isEmpty();
    }

    @Test
    void beginsAgainWhenASecondWorkerDoes() {
        steadily(0, 30, 1000);
        add(31, 0);
        assertThat(forecast.speed()).isEmpty();
        assertThat(left(31)).isEmpty();
        for (int second = 32; second <= 40; second++) {
            add(second, (second - 31) * 500L);
        }
        assertThat(forecast.speed().orElseThrow().items()).isCloseTo(500, within(1.0));
    }

    @Test
    void isNeverNegativeNotEvenWithLateReportsAndAClockThatIsSetBack() {
        Random random = new Random(3);
        double at = 0;
        long done = 0;
        for (int i = 0; i < 2000; i++) {
            at += random.nextDouble() - 0.2;
            done = Math.max(0, done + random.nextInt(120) - 30);
            add(at, Math.min(done, ALL));
            assertThat(left(at).orElse(Duration.ofSeconds(1))).isPositive();
            forecast.speed().ifPresent(speed -> assertThat(speed.bytes()).isNotNegative());
        }
    }

    private void steadily(int from, int to, long perSecond) {
        for (int second = from; second <= to; second++) {
            add(second, second * perSecond);
        }
    }

    private void add(double seconds, long items) {
        forecast.add(at(seconds), new Progress.Amount("t", items, ALL, items * 2, ALL * 2));
    }

    private Optional<Duration> left(double seconds) {
        return forecast.left(at(seconds));
    }

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }
}
