package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;

import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.Consumer;
import io.lettuce.core.SetArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import java.time.Duration;
import java.util.List;

/** A key of every encoding that a server has for a type, and of what travels badly: each small enough to be looked at. */
final class EveryEncoding {
    private final RedisStore store;

    EveryEncoding(RedisStore store) {
        this.store = store;
    }

    void write() {
        strings();
        collections();
        streams();
        new EveryType(store).write(30, 2);
        new EveryType(store).writeLarge();
    }

    private void strings() {
        var commands = store.database(0);
        store.await(commands.set(bytes("int"), bytes("12345")));
        store.await(commands.set(bytes("negative"), bytes("-1")));
        store.await(commands.set(bytes("empty"), new byte[0]));
        store.await(commands.set(bytes("embstr"), bytes("short")));
        store.await(commands.set(bytes("raw"), new byte[100]));
        store.await(commands.setbit(bytes("bitmap"), 100_000, 1));
        store.await(commands.pfadd(bytes("hll"), bytes("a"), bytes("b"), bytes("c")));
        store.await(commands.append(bytes("appended"), bytes("1")));
        store.await(commands.append(bytes("appended"), bytes("2")));
        store.await(commands.set(bytes("later"), bytes("1"), SetArgs.Builder.px(7_200_000)));
        // Large enough to be copied and compared piece by piece.
        store.await(commands.set(bytes("huge"), new byte[9 << 20]));
    }

    private void collections() {
        var commands = store.database(0);
        for (int i = 0; i < 2_000; i++) {
            store.await(commands.rpush(bytes("quicklist"), bytes("element " + i)));
            store.await(commands.sadd(bytes("intset"), bytes(Integer.toString(i % 300))));
            store.await(commands.sadd(bytes("hashtable-set"), bytes("member " + i)));
            store.await(commands.zadd(bytes("skiplist"), i / 3.0, bytes("member " + i)));
            store.await(commands.hset(bytes("hashtable"), bytes("field " + i), bytes("value " + i)));
        }
        store.await(commands.rpush(bytes("list"), bytes("a"), bytes("b"), bytes("a"), new byte[0], new byte[500]));
        store.await(commands.sadd(bytes("set"), bytes("a"), bytes("b"), new byte[] {0, -1}));
        store.await(commands.sadd(bytes("intset64"), bytes("-9223372036854775808"), bytes("9223372036854775807")));
        store.await(commands.hset(bytes("hash"), bytes("a"), bytes("1")));
        store.await(commands.hset(bytes("hash"), bytes("b"), new byte[200]));
        store.await(commands.zadd(bytes("zset"), 0.1 + 0.2, bytes("sum")));
        store.await(commands.zadd(bytes("zset"), Double.POSITIVE_INFINITY, bytes("infinite")));
        store.await(commands.zadd(bytes("zset"), Double.NEGATIVE_INFINITY, bytes("below")));
        store.await(commands.zadd(bytes("zset"), -0.0, bytes("zero")));
        store.await(commands.zadd(bytes("zset"), Double.MIN_VALUE, bytes("tiny")));
        store.await(commands.zadd(bytes("zset"), 1e300, bytes("large")));
        store.await(commands.pexpire(bytes("zset"), Duration.ofHours(3)));
    }

    @SuppressWarnings("unchecked")
    private void streams() {
        var commands = store.database(0);
        byte[] key = bytes("groups");
        for (int i = 0; i < 300; i++) {
            store.await(commands.xadd(key, bytes("field"), bytes("value " + i)));
        }
        store.await(commands.xgroupCreate(StreamOffset.from(key, "0-0"), bytes("busy")));
        store.await(commands.xgroupCreate(StreamOffset.from(key, "0-0"), bytes("idle")));
        String first = store.await(commands.xreadgroup(
                        Consumer.from(bytes("busy"), bytes("worker")),
                        XReadArgs.Builder.count(120),
                        StreamOffset.lastConsumed(key)))
                .getFirst()
                .getId();
        store.await(commands.xreadgroup(
                Consumer.from(bytes("busy"), new byte[] {0, -2}),
                XReadArgs.Builder.count(5),
                StreamOffset.lastConsumed(key)));
        store.await(commands.xack(key, bytes("busy"), first));
        store.await(commands.xadd(bytes("consumers"), bytes("field"), bytes("value")));
        store.await(commands.xgroupCreate(StreamOffset.from(bytes("consumers"), "0-0"), bytes("group")));
        for (String consumer : List.of("worker", "other")) {
            store.await(commands.xreadgroup(
                    Consumer.from(bytes("group"), bytes(consumer)), StreamOffset.from(bytes("consumers"), "0-0")));
        }
        store.await(commands.xadd(bytes("emptied"), bytes("field"), bytes("value")));
        store.await(commands.xtrim(bytes("emptied"), 0));
        String gone = store.await(commands.xadd(bytes("deleted"), bytes("field"), bytes("value")));
        store.await(commands.xadd(bytes("deleted"), bytes("field"), bytes("value")));
        store.await(commands.xdel(bytes("deleted"), gone));
    }
}
