package dev.slipway.local.terminal;

import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far one store is in one state. */
final class Meter {
    private final String store;
    private final StoreKind kind;
    private final Rate rate = new Rate();
    private Progress.Amount amount;

    Meter(Event.Moved first) {
        store = first.store();
        kind = first.kind();
        amount = first.amount();
    }

    void move(Instant at, Progress.Amount now) {
        amount = now;
        rate.add(at, now);
    }

    String store() {
        return store;
    }

    StoreKind kind() {
        return kind;
    }

    Progress.Amount amount() {
        return amount;
    }

    Optional<Rate.Speed> speed() {
        return isDone() ? Optional.empty() : rate.speed();
    }

    /** How much is done, between 0 and 1; empty where the whole is unknown. */
    Optional<Double> share() {
        if (amount.ofBytes() > 0) {
            return Optional.of(Math.min(1, (double) amount.bytes() / amount.ofBytes()));
        }
        return amount.ofItems() > 0
                ? Optional.of(Math.min(1, (double) amount.items() / amount.ofItems()))
                : Optional.empty();
    }

    /** By the larger whole that is known: bytes before items. */
    Optional<Duration> left() {
        return speed().flatMap(speed -> amount.ofBytes() > 0
                ? left(amount.ofBytes() - amount.bytes(), speed.bytes())
                : left(amount.ofItems() - amount.items(), speed.items()));
    }

    private boolean isDone() {
        boolean known = amount.ofBytes() > 0 || amount.ofItems() > 0;
        return known && amount.bytes() >= amount.ofBytes() && amount.items() >= amount.ofItems();
    }

    private static Optional<Duration> left(long remaining, double perSecond) {
        return remaining <= 0 || perSecond <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round(1000 * remaining / perSecond)));
    }
}
