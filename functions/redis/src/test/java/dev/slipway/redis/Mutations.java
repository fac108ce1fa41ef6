package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;

import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What may happen to a copy of {@link EveryEncoding}. */
final class Mutations {
    private Mutations() {}

    /** Changes one thing of each kind, and names the keys. */
    static Set<String> make(StoreUrl target) {
        Map<String, Runnable> mutations = new LinkedHashMap<>();
        try (RedisStore store = RedisStore.open(target)) {
            RedisClusterAsyncCommands<byte[], byte[]> commands = store.database(0);
            mutations.put("raw", () -> store.await(commands.setrange(bytes("raw"), 50, bytes("x"))));
            mutations.put("huge", () -> store.await(commands.setrange(bytes("huge"), 9_000_000, bytes("x"))));
            mutations.put("bitmap", () -> store.await(commands.setbit(bytes("bitmap"), 7, 1)));
            mutations.put("later", () -> store.await(commands.pexpire(bytes("later"), Duration.ofMinutes(119))));
            mutations.put("embstr", () -> {
                store.await(commands.del(bytes("embstr")));
                store.await(commands.rpush(bytes("embstr"), bytes("short")));
            });
            mutations.put("extra", () -> store.await(commands.set(bytes("extra"), bytes("1"))));
            mutations.put("negative", () -> store.await(commands.del(bytes("negative"))));
            mutations.put("intset", () -> store.await(commands.srem(bytes("intset"), bytes("17"))));
            mutations.put("hashtable-set", () -> {
                store.await(commands.srem(bytes("hashtable-set"), bytes("member 17")));
                store.await(commands.sadd(bytes("hashtable-set"), bytes("member X")));
            });
            mutations.put("quicklist", () -> {
                store.await(commands.lset(bytes("quicklist"), 1_000, bytes("element 1001")));
                store.await(commands.lset(bytes("quicklist"), 1_001, bytes("element 1000")));
            });
            mutations.put("zset", () -> store.await(commands.zadd(bytes("zset"), 0.3, bytes("sum"))));
            mutations.put(
                    "skiplist",
                    () -> store.await(commands.zadd(bytes("skiplist"), Math.nextUp(1 / 3.0), bytes("member 1"))));
            mutations.put(
                    "hashtable", () -> store.await(commands.hset(bytes("hashtable"), bytes("field 7"), bytes("x"))));
            mutations.put("hash", () -> store.await(commands.hdel(bytes("hash"), bytes("b"))));
            mutations.put("groups", () -> acknowledge(store));
            mutations.put(
                    "consumers",
                    () -> store.await(commands.xgroupDelconsumer(
                            bytes("consumers"), Consumer.from(bytes("group"), bytes("worker")))));
            mutations.put("deleted", () -> store.await(commands.xadd(bytes("deleted"), bytes("f"), bytes("v"))));
            mutations.put(
                    "emptied",
                    () -> store.await(commands.xgroupCreate(StreamOffset.from(bytes("emptied"), "0-0"), bytes("g"))));
            mutations.values().forEach(Runnable::run);
        }
        return mutations.keySet().stream().map(key -> "db0:" + key).collect(Collectors.toSet());
    }

    private static void acknowledge(RedisStore store) {
        byte[] key = bytes("groups");
        String id = store.await(store.database(0).xrange(key, Range.unbounded(), Limit.from(60)))
                .getLast()
                .getId();
        store.await(store.database(0).xack(key, bytes("busy"), id));
    }
}
