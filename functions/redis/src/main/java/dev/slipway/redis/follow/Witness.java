package dev.slipway.redis.follow;

import dev.slipway.redis.keys.ChangedKeys;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a server tells of every key that anybody changes, or that it removes itself (CLIENT TRACKING … BCAST). It tells so
 * at the end of a turn of its event loop, before that turn's answers leave: whoever knows of a change, and then has an answer here to
 * what was asked in a later turn, has heard of it.
 */
final class Witness implements AutoCloseable {
    private static final String NAME = "slipway-witness";

    /** By which keys become others without any being told of (db.c, debug.c); counted by the server. */
    private static final List<String> SILENT = List.of("swapdb", "debug");

    private static final Duration BUSY = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final RedisStore store;
    private final Wire wire;
    private final Map<String, String> before;

    private Witness(RedisStore store, Wire wire, Map<String, String> before) {
        this.store = store;
        this.wire = wire;
        this.before = before;
    }

    /** @throws IOException if the server does not tell */
    static Witness post(RedisStore store) throws IOException {
        if (!store.isAtLeast(6, 2)) {
            throw new IOException("its version is older than 6.2");
        }
        Wire wire = store.wire(0, NAME);
        try {
            demand(wire, "HELLO", "3");
            demand(wire, "CLIENT", "TRACKING", "ON", "BCAST");
            return new Witness(store, wire, unspoken(store));
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    private static void demand(Wire wire, String... words) throws IOException {
        Optional<Wire.Refusal> refusal =
                wire.ask(List.of(words).stream().map(Wire::ascii).toList());
        if (refusal.isPresent()) {
            throw new IOException(refusal.get().said());
        }
    }

    /** Hands on what the server has told so far. */
    void hear(ChangedKeys changed) throws IOException {
        long until = System.nanoTime() + BUSY.toNanos();
        while (answer(changed) instanceof Wire.Refusal(String why)) {
            // As long as somebody's script runs.
            if (!why.startsWith("BUSY") || System.nanoTime() > until) {
                throw new IOException(why);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** What is told before it is handed on. */
    private @Nullable Object answer(ChangedKeys changed) throws IOException {
        wire.add(Wire.ascii("PING"));
        wire.send();
        Object said = wire.read();
        while (said instanceof Wire.Push(List<?> words)) {
            told(words, changed);
            said = wire.read();
        }
        return said;
    }

    private void told(@Nullable List<?> words, ChangedKeys changed) {
        if (words != null && words.size() == 2 && words.getLast() instanceof List<?> names) {
            names.forEach(name -> {
                if (name instanceof byte[] bytes) {
                    changed.add(bytes);
                }
            });
        } else {
            changed.addAll("a database of " + store.url() + " was emptied");
        }
    }

    /** Hands on whatever was done before this was called. What is done in the turn of the first answer is told behind that. */
    void hearUntilNow(ChangedKeys changed) throws IOException {
        hear(changed);
        hear(changed);
        if (!unspoken(store).equals(before)) {
            changed.addAll("databases of " + store.url() + " were exchanged, or replaced");
        }
    }

    /** Another history is that of another server, whose keys it has taken over. */
    private static Map<String, String> unspoken(RedisStore store) throws IOException {
        Map<String, String> facts = new TreeMap<>();
        facts.put("history", store.info("replication").getOrDefault("master_replid", ""));
        Map<String, String> counts = store.info("commandstats");
        if (counts.isEmpty()) {
            throw new IOException("it does not tell which commands it was given");
        }
        SILENT.forEach(name ->
                facts.put(name, counts.getOrDefault("cmdstat_" + name, "").split(",", 2)[0]));
        return facts;
    }

    @Override
    public void close() {
        wire.close();
    }
}
