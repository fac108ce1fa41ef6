package dev.slipway.redis.compare;

import dev.slipway.redis.keys.Expiry;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One side of a comparison: a database and how to wait for its answers.
 *
 * @param fieldTimes whether fields of its hashes may expire
 */
record KeySide(RedisStore store, int database, boolean fieldTimes) {
    private static final Pattern MODULE = Pattern.compile("module:name=([^,]+),");

    /** Where the server does not tell how much memory a key takes. */
    static final long UNKNOWN = Long.MAX_VALUE;

    static KeySide of(RedisStore store, int database) {
        return new KeySide(store, database, FieldTimes.known(store, database));
    }

    RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return store.database(database);
    }

    /** The names of those that are loaded. */
    Set<String> modules() {
        return MODULE.matcher(await(store.server(0).info("modules")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(HashSet::new));
    }

    <T> T await(RedisFuture<T> answer) {
        return store.await(answer);
    }

    /**
     * What is known of a key without its value.
     *
     * @param now the server's clock in milliseconds
     * @param memory in bytes, or {@link #UNKNOWN}
     */
    record Facts(String type, Expiry expiry, long now, long memory) {
        boolean isGone() {
            return type.equals("none") || expiry.equals(Expiry.GONE);
        }

        boolean isAlike(Facts other, Duration tolerance) {
            return !isGone() && type.equals(other.type) && expiry.isNear(other.expiry, tolerance);
        }
    }

    Facts facts(byte[] key) {
        return facts(List.of(key)).get().getFirst();
    }

    /** Sends the questions for all keys at once; what it returns waits for the answers. */
    Supplier<List<Facts>> facts(List<byte[]> keys) {
        Questions questions = store.together(
                database,
                commands -> new Questions(
                        commands.time(),
                        keys.stream().map(commands::type).toList(),
                        keys.stream().map(commands::pttl).toList(),
                        keys.stream().map(commands::memoryUsage).toList()));
        return () -> {
            List<byte[]> time = await(questions.time);
            return IntStream.range(0, keys.size())
                    .mapToObj(i -> new Facts(
                            await(questions.types.get(i)),
                            Expiry.of(time, await(questions.ttls.get(i))),
                            Expiry.now(time),
                            memory(questions.sizes.get(i))))
                    .toList();
        };
    }

    private record Questions(
            RedisFuture<List<byte[]>> time,
            List<RedisFuture<String>> types,
            List<RedisFuture<Long>> ttls,
            List<RedisFuture<Long>> sizes) {}

    /** MEMORY is absent before Redis 4, and a user may lack the right to it. */
    private long memory(RedisFuture<Long> answer) {
        try {
            Long bytes = await(answer);
            return bytes == null ? 0 : bytes;
        } catch (RedisCommandExecutionException e) {
            return UNKNOWN;
        }
    }
}
