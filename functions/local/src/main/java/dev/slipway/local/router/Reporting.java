package dev.slipway.local.router;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Publishes the tally each second, where there is something to publish. */
final class Reporting implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Reporting.class.getName());

    private final Tally tally;
    private final Publisher publisher;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("metrics").factory());
    private @Nullable ScheduledFuture<?> ticks;

    Reporting(Tally tally, Publisher publisher) {
        this.tally = tally;
        this.publisher = publisher;
    }

    void start() {
        ticks = timer.scheduleAtFixedRate(() -> publish(tally.takeFinished()), 1, 1, TimeUnit.SECONDS);
    }

    private void publish(List<Tally.Second> seconds) {
        try {
            if (!seconds.isEmpty()) {
                publisher.publish(seconds);
            }
        } catch (RuntimeException e) {
            // Metrics that are missing stop a shift by themselves; traffic goes on.
            LOG.log(
                    Level.WARNING,
                    "publishing the traffic of " + seconds.getFirst().at() + " failed: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (ticks != null) {
            ticks.cancel(false);
        }
        timer.close();
        publish(tally.takeAll());
    }
}
