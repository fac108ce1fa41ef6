package dev.slipway.redis.keys;

import dev.slipway.redis.session.KeyServer;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Slots;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All keys of a database by SCAN, in batches whose values together take a bounded amount of memory; a value larger than that is a
 * batch of its own. A key may come twice (the server says so), and none is missed that is there from the beginning to the end.
 */
public final class KeyBatches implements Iterator<List<byte[]>> {
    public static final int KEYS = 500;
    /** Where most of what is scanned is another's, more is scanned before a batch is worth it. */
    private static final int FEWEST = KEYS / 2;

    private static final long BYTES = 16L << 20;
    /** Where the server does not tell the size: a batch so small that its values are likely to fit. */
    private static final long UNKNOWN = BYTES / 32;

    private final RedisStore store;
    private final int database;
    private final boolean sized;
    private final Slots slots;
    private final Deque<RedisClusterAsyncCommands<byte[], byte[]>> servers;
    private final Deque<List<byte[]>> ready = new ArrayDeque<>();
    private @Nullable KeyScanCursor<byte[]> cursor;

    private KeyBatches(
            RedisStore store,
            int database,
            boolean sized,
            Slots slots,
            List<RedisClusterAsyncCommands<byte[], byte[]>> servers) {
        this.store = store;
        this.database = database;
        this.sized = sized;
        this.slots = slots;
        this.servers = new ArrayDeque<>(servers);
    }

    /** For whoever asks for the values. */
    public static KeyBatches withValues(RedisStore store, int database) {
        return new KeyBatches(store, database, true, Slots.ALL, List.of(store.database(database)));
    }

    /** Some keys in batches of that kind. */
    public static List<List<byte[]>> withValues(RedisStore store, int database, List<byte[]> keys) {
        return split(keys, sizes(store, database, keys));
    }

    /** The bytes of memory that a value takes, where the server says so. */
    public static long size(RedisStore store, int database, byte[] key) {
        return sizes(store, database, List.of(key)).getFirst();
    }

    /** For whoever needs the names alone. */
    public static KeyBatches ofNames(RedisStore store, int database) {
        return new KeyBatches(store, database, false, Slots.ALL, List.of(store.database(database)));
    }

    /** Names alone, and of these slots only; the servers that have none of them are not asked. */
    public static KeyBatches ofNames(RedisStore store, int database, Slots slots) {
        List<RedisClusterAsyncCommands<byte[], byte[]>> owners = store.servers(database).stream()
                .filter(server -> server.slots().and(slots).count() > 0)
                .map(KeyServer::commands)
                .toList();
        return new KeyBatches(store, database, false, slots, owners);
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !servers.isEmpty()) {
            List<byte[]> keys = new ArrayList<>();
            while (keys.size() < FEWEST && !servers.isEmpty()) {
                scan(keys);
            }
            ready.addAll(split(keys, sized ? sizes(store, database, keys) : Collections.nCopies(keys.size(), 0L)));
        }
        return !ready.isEmpty();
    }

    private void scan(List<byte[]> keys) {
        cursor = store.await(
                servers.getFirst().scan(cursor == null ? ScanCursor.INITIAL : cursor, ScanArgs.Builder.limit(KEYS)));
        cursor.getKeys().stream().filter(slots::has).forEach(keys::add);
        if (cursor.isFinished()) {
            cursor = null;
            servers.removeFirst();
        }
    }

    @Override
    public List<byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private static List<List<byte[]>> split(List<byte[]> keys, List<Long> sizes) {
        List<List<byte[]>> batches = new ArrayList<>();
        List<byte[]> batch = new ArrayList<>();
        long total = 0;
        for (int i = 0; i < keys.size(); i++) {
            if (!batch.isEmpty() && (total + sizes.get(i) > BYTES || batch.size() == KEYS)) {
                batches.add(batch);
                batch = new ArrayList<>();
                total = 0;
            }
            batch.add(keys.get(i));
            total += sizes.get(i);
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private static List<Long> sizes(RedisStore store, int database, List<byte[]> keys) {
        List<RedisFuture<Long>> answers = store.together(
                database, commands -> keys.stream().map(commands::memoryUsage).toList());
        return IntStream.range(0, keys.size())
                .mapToObj(i -> size(store, answers.get(i)))
                .toList();
    }

    /** MEMORY is absent before Redis 4, and a user may lack the right to it. */
    private static long size(RedisStore store, RedisFuture<Long> answer) {
        try {
            @Nullable Long size = store.await(answer);
            return size == null ? 0 : size;
        } catch (RedisCommandExecutionException e) {
            return UNKNOWN;
        }
    }
}
