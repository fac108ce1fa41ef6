package dev.slipway.report;

import dev.slipway.migration.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How fast a piece of work goes, and how long it will still take if it goes on so. Says nothing rather than a guess: not at the
 * beginning, not of a whole that is unknown, not of work that stands still. Not for several threads.
 */
public final class Forecast {
    /** What an interrupted copy finds done already is counted at once, and is no speed. */
    private static final Duration FIRST_COUNT = Duration.ofSeconds(1);

    private static final Duration STANDSTILL = Duration.ofSeconds(15);
    private static final double LEAST_BETWEEN_SECONDS = 0.2;
    private static final double ENOUGH_FOR_SPEED_SECONDS = 0.4;
    private static final double ENOUGH_FOR_FORECAST_SECONDS = 2;

    /** What is longer ago counts little: for the speed, and for the time left, which is to be calm, more so the longer it takes. */
    private static final double SPEED_MEMORY_SECONDS = 4;

    private static final double LEAST_MEMORY_SECONDS = 10;
    private static final double MOST_MEMORY_SECONDS = 120;

    private Progress.Amount latest = new Progress.Amount("", 0, 0, 0, 0);
    private boolean begun;
    private Instant first = Instant.EPOCH;
    private Instant base = Instant.EPOCH;
    private Instant counted = Instant.EPOCH;
    private Progress.Amount amountCounted = latest;
    private Instant moved = Instant.EPOCH;
    private Speed speed = Speed.NONE;
    private Speed steady = Speed.NONE;

    /** @param at of a clock that may be set back: what then seems to be of the past waits for the next */
    public void add(Instant at, Progress.Amount amount) {
        if (!begun || isAnotherBeginning(amount)) {
            begun = true;
            first = at;
            speed = Speed.NONE;
            steady = Speed.NONE;
            startCounting(at, amount);
        } else if (at.isBefore(first.plus(FIRST_COUNT))) {
            startCounting(at, amount);
        } else {
            count(at, amount);
        }
        if (amount.items() != latest.items() || amount.bytes() != latest.bytes()) {
            moved = at;
        }
        latest = amount;
    }

    /** The last that was added. */
    public Progress.Amount amount() {
        return latest;
    }

    /** How much is done, between 0 and 1; empty where the whole is unknown. */
    public Optional<Double> share() {
        if (latest.ofBytes() > 0) {
            return Optional.of(Math.min(1, (double) latest.bytes() / latest.ofBytes()));
        }
        return latest.ofItems() > 0
                ? Optional.of(Math.min(1, (double) latest.items() / latest.ofItems()))
                : Optional.empty();
    }

    /** Whether all of a whole that is known was done; what may follow is not counted. */
    public boolean isDone() {
        boolean known = latest.ofBytes() > 0 || latest.ofItems() > 0;
        return known && latest.bytes() >= latest.ofBytes() && latest.items() >= latest.ofItems();
    }

    /** Of the last seconds. */
    public Optional<Speed> speed() {
        return watched(ENOUGH_FOR_SPEED_SECONDS) && !isDone() ? Optional.of(speed) : Optional.empty();
    }

    /** By bytes or by items, whichever will take longer; empty where it cannot be told. */
    public Optional<Duration> left(Instant now) {
        if (!watched(ENOUGH_FOR_FORECAST_SECONDS)
                || isAnyDone()
                || moved.plus(STANDSTILL).isBefore(now)) {
            return Optional.empty();
        }
        return DoubleStream.of(
                        secondsFor(latest.ofBytes() - latest.bytes(), steady.bytes()),
                        secondsFor(latest.ofItems() - latest.items(), steady.items()))
                .filter(it -> it > 0 && Double.isFinite(it))
                .max()
                .stream()
                .mapToObj(it -> Duration.ofMillis(Math.round(1000 * it)))
                .findFirst();
    }

    /** Where a server's estimate of one was reached, who knows what the other is worth. */
    private boolean isAnyDone() {
        return (latest.ofBytes() > 0 && latest.bytes() >= latest.ofBytes())
                || (latest.ofItems() > 0 && latest.items() >= latest.ofItems());
    }

    private static double secondsFor(long remaining, double perSecond) {
        return remaining <= 0 || perSecond <= 0 ? 0 : remaining / perSecond;
    }

    /** Less than half of what was done is no late report: a second worker began again. */
    private boolean isAnotherBeginning(Progress.Amount amount) {
        return 2 * amount.items() < latest.items() || 2 * amount.bytes() < latest.bytes();
    }

    private void startCounting(Instant at, Progress.Amount amount) {
        base = at;
        counted = at;
        amountCounted = amount;
        moved = at;
    }

    private void count(Instant at, Progress.Amount amount) {
        double seconds = seconds(counted, at);
        if (seconds >= LEAST_BETWEEN_SECONDS) {
            Speed now = new Speed(
                    Math.max(0, amount.items() - amountCounted.items()) / seconds,
                    Math.max(0, amount.bytes() - amountCounted.bytes()) / seconds);
            double all = seconds(base, at);
            speed = speed.then(now, seconds / Math.min(all, SPEED_MEMORY_SECONDS));
            steady = steady.then(
                    now, seconds / Math.min(all, Math.clamp(all / 4, LEAST_MEMORY_SECONDS, MOST_MEMORY_SECONDS)));
            counted = at;
            amountCounted = amount;
        }
    }

    private boolean watched(double enough) {
        return seconds(base, counted) >= enough;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    /** Rows, keys or objects, and bytes, a second. */
    public record Speed(double items, double bytes) {
        private static final Speed NONE = new Speed(0, 0);

        /** The average with what came after it, which has that share of it. */
        private Speed then(Speed now, double share) {
            double part = Math.min(1, share);
            return new Speed(items + part * (now.items - items), bytes + part * (now.bytes - bytes));
        }
    }
}
