package dev.slipway.worker;

import dev.slipway.migration.Progress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each step of a store's turn once, and how long after the beginning it is taken, so that a pause can be explained. */
final class StepLog implements Progress {
    private static final Logger LOG = LoggerFactory.getLogger(StepLog.class);

    private final String store;
    private final long began = System.nanoTime();
    private String step = "";

    StepLog(String store) {
        this.store = store;
    }

    @Override
    public synchronized void report(Amount amount) {
        if (amount.items() == 0 && !amount.what().equals(step)) {
            step = amount.what();
            LOG.info(
                    "{}: {}, after {} ms",
                    store,
                    step,
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
        }
    }
}
