package dev.slipway.redis.follow;

import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.redis.keys.ChangedKeys;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One at each server, who are heard all the while, so that no server has to keep what it tells. */
final class Witnesses implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private final ChangedKeys changed;
    private final List<Posted> posted = new ArrayList<>();
    private final Thread thread = Thread.ofVirtual().name("redis-witnesses").unstarted(this::listen);

    private Witnesses(ChangedKeys changed) {
        this.changed = changed;
    }

    private record Posted(RedisStore store, Witness witness) {}

    /** @param changed is told of what happens from now on; of everything, where a server does not tell */
    static Witnesses post(List<RedisStore> stores, ChangedKeys changed) {
        Witnesses witnesses = new Witnesses(changed);
        for (RedisStore store : stores) {
            witnesses.attempt(store, () -> witnesses.posted.add(new Posted(store, Witness.post(store))));
        }
        witnesses.thread.start();
        return witnesses;
    }

    /** Which keys they have told of; used by their own thread, too. */
    ChangedKeys changed() {
        return changed;
    }

    private void listen() {
        try {
            while (changed.whyAll().isEmpty()) {
                hear();
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void hear() {
        posted.forEach(each -> attempt(each.store(), () -> each.witness().hear(changed)));
    }

    /** Returns when everything is told that was done before this was called. */
    synchronized void hearUntilNow() {
        posted.forEach(each -> attempt(each.store(), () -> each.witness().hearUntilNow(changed)));
    }

    private void attempt(RedisStore store, Step step) {
        if (changed.whyAll().isPresent()) {
            return;
        }
        try {
            step.take();
        } catch (IOException | RedisCommandExecutionException | StoreUnreachable e) {
            changed.addAll(store.url() + " does not tell which keys are changed (" + RedisStore.reason(e) + ")");
        }
    }

    /** One that a connection may break in. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    @Override
    public void close() {
        thread.interrupt();
        // One that waits for a server that is silent waits no more.
        posted.forEach(each -> each.witness().close());
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
