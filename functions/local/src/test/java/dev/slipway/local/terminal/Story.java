package dev.slipway.local.terminal;

import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreKind;
import java.time.Instant;

/** Events with seconds since a fixed start. */
final class Story {
    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    private Story() {}

    static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    static Event.Moved moved(double seconds, long rows, long bytes) {
        return new Event.Moved(
                at(seconds),
                "Restore stores",
                "postgres",
                StoreKind.POSTGRES,
                new Progress.Amount("public.visits", rows, 700_000, bytes, 104_000_000));
    }

    static Event.Moved keys(double seconds, long keys) {
        return new Event.Moved(
                at(seconds), "Restore stores", "redis", StoreKind.REDIS, new Progress.Amount("0", keys, 50_000, 0, 0));
    }
}
