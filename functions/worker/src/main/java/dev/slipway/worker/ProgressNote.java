package dev.slipway.worker;

import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreProgress;
import dev.slipway.migration.StoreVerb;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes how far the worker is in an artifact, twice a second, for whoever watches. */
final class ProgressNote implements Progress, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressNote.class);
    private static final long PAUSE_MILLIS = 500;

    private volatile Amount latest = new Amount("", 0, 0, 0, 0);
    private volatile boolean open = true;
    private final Thread thread;

    ProgressNote(JsonArtifacts artifacts, String key, String store, StoreVerb verb) {
        thread = Thread.ofVirtual().name("progress").start(() -> write(artifacts, key, store, verb));
    }

    @Override
    public void report(Amount amount) {
        latest = amount;
    }

    Amount latest() {
        return latest;
    }

    private void write(JsonArtifacts artifacts, String key, String store, StoreVerb verb) {
        try {
            while (open) {
                note(artifacts, key, new StoreProgress(store, verb, Instant.now(), latest));
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that is lost is not missed: the next one follows. */
    private static void note(JsonArtifacts artifacts, String key, StoreProgress progress) {
        try {
            artifacts.write(key, progress);
        } catch (RuntimeException e) {
            LOG.debug("A note of the progress was lost", e);
        }
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
    }
}
