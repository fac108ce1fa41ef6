package dev.slipway.worker;

import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreProgress;
import dev.slipway.migration.StoreVerb;
import java.time.Instant;

/** Notes how far the worker is in an artifact, twice a second, for whoever watches. */
final class ProgressNote implements Progress, AutoCloseable {
    private static final long PAUSE_MILLIS = 500;

    private volatile Amount latest = new Amount("", 0, 0, 0, 0);
    private final Thread thread;

    ProgressNote(JsonArtifacts artifacts, String key, String store, StoreVerb verb) {
        thread = Thread.ofVirtual().name("progress").start(() -> write(artifacts, key, store, verb));
    }

    @Override
    public void report(Amount amount) {
        latest = amount;
    }

    private void write(JsonArtifacts artifacts, String key, String store, StoreVerb verb) {
        try {
            while (true) {
                artifacts.write(key, new StoreProgress(store, verb, Instant.now(), latest));
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
