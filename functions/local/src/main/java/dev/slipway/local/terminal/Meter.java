package dev.slipway.local.terminal;

import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreKind;
import dev.slipway.report.Forecast;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far one store is in one state. */
final class Meter {
    private final String store;
    private final StoreKind kind;
    private final Forecast forecast = new Forecast();

    Meter(Event.Moved first) {
        store = first.store();
        kind = first.kind();
    }

    void move(Instant at, Progress.Amount now) {
        forecast.add(at, now);
    }

    String store() {
        return store;
    }

    StoreKind kind() {
        return kind;
    }

    Progress.Amount amount() {
        return forecast.amount();
    }

    Optional<Forecast.Speed> speed() {
        return forecast.speed();
    }

    /** How much is done, between 0 and 1; empty where the whole is unknown. */
    Optional<Double> share() {
        return forecast.share();
    }

    boolean isDone() {
        return forecast.isDone();
    }

    Optional<Duration> left(Instant now) {
        return forecast.left(now);
    }
}
