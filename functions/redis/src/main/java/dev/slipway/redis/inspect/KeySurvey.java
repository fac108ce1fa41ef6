package dev.slipway.redis.inspect;

import dev.slipway.redis.keys.DumpVersion;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.session.Answers;
import dev.slipway.redis.session.KeyServer;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.async.RedisKeyAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks at keys by SCAN until all are seen or the time is over: their types, the largest of them by MEMORY USAGE, and the version of
 * the server's dumps. SCAN goes through a table in the order of hashes, so that what it has seen by then is a fair sample.
 */
final class KeySurvey {
    private static final ScanArgs STEP = ScanArgs.Builder.limit(1_000);
    private static final int LARGEST = 10;
    /** What every server has; any other type is a module's. */
    private static final Set<String> TYPES = Set.of("string", "list", "set", "zset", "hash", "stream");

    private final RedisStore store;
    private final long deadline;
    private final Map<String, Long> types = new TreeMap<>();
    private final PriorityQueue<Key> largest = new PriorityQueue<>(Comparator.comparingLong(Key::bytes));
    private long seen;
    private boolean whole = true;
    private OptionalInt dumpVersion = OptionalInt.empty();

    private KeySurvey(RedisStore store, Duration patience) {
        this.store = store;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /** One that takes much memory; 0 bytes where the server does not say. */
    record Key(String name, String type, long bytes) {}

    /**
     * What was seen.
     *
     * @param seen how many keys; {@code whole} where these were all of them
     * @param types keys by type, of those seen
     * @param largest the largest of those seen first
     * @param dumpVersion of a key's DUMP, where one could be made
     */
    record Seen(long seen, boolean whole, Map<String, Long> types, List<Key> largest, OptionalInt dumpVersion) {
        /** The types among them that only modules have. */
        List<String> ofModules() {
            return types.keySet().stream().filter(type -> !TYPES.contains(type)).toList();
        }
    }

    static Seen of(RedisStore store, List<Integer> databases, Duration patience) {
        KeySurvey survey = new KeySurvey(store, patience);
        databases.forEach(survey::look);
        return survey.result();
    }

    private Seen result() {
        List<Key> first = new ArrayList<>(largest);
        first.sort(Comparator.comparingLong(Key::bytes).reversed());
        return new Seen(seen, whole, types, first, dumpVersion);
    }

    /** Of a cluster's servers each gets as much of the time as any other. */
    private void look(int database) {
        List<KeyServer> servers = store.servers(database);
        for (int i = 0; i < servers.size(); i++) {
            long left = Math.max(0, deadline - System.nanoTime());
            look(database, servers.get(i).commands(), System.nanoTime() + left / (servers.size() - i));
        }
    }

    private void look(int database, RedisKeyAsyncCommands<byte[], byte[]> server, long until) {
        ScanCursor from = ScanCursor.INITIAL;
        while (!from.isFinished()) {
            if (System.nanoTime() > until) {
                whole = false;
                return;
            }
            KeyScanCursor<byte[]> step = store.await(server.scan(from, STEP));
            take(database, step.getKeys());
            from = step;
        }
    }

    private void take(int database, List<byte[]> keys) {
        List<RedisFuture<String>> named = store.together(
                database, commands -> keys.stream().map(commands::type).toList());
        List<RedisFuture<Long>> sized = store.together(
                database, commands -> keys.stream().map(commands::memoryUsage).toList());
        for (int i = 0; i < keys.size(); i++) {
            String type = store.await(named.get(i));
            long bytes = Answers.allowed(store, sized.get(i)).orElse(0L);
            if (!type.equals("none")) {
                seen++;
                types.merge(type, 1L, Long::sum);
                rank(new Key(KeyText.of(database, keys.get(i)), type, bytes));
                if (dumpVersion.isEmpty() && bytes < 1 << 20) {
                    dumpVersion = DumpVersion.of(store, database, keys.get(i));
                }
            }
        }
    }

    private void rank(Key key) {
        largest.add(key);
        if (largest.size() > LARGEST) {
            largest.remove();
        }
    }
}
