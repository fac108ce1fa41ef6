package dev.slipway.worker;

import dev.slipway.migration.Following.Lag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Measures once a minute how far a store's target is behind: CloudWatch keeps no finer time. */
final class LagMetrics implements Consumer<Lag> {
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final WorkerMetrics metrics;
    private final String app;
    private final String store;
    private final InstantSource clock;
    private long next;

    LagMetrics(WorkerMetrics metrics, String app, String store, InstantSource clock) {
        this.metrics = metrics;
        this.app = app;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void accept(Lag lag) {
        long now = clock.millis();
        if (now >= next) {
            next = now + PERIOD.toMillis();
            metrics.put(app, store, lag);
        }
    }
}
