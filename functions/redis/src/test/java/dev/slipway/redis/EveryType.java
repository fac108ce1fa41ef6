package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;

import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Deterministic data: every type, small and large, with binary keys and values, in several databases. */
final class EveryType {
    private final RedisStore store;
    private final Random random = new Random(7);
    private final List<RedisFuture<?>> answers = new ArrayList<>();

    EveryType(RedisStore store) {
        this.store = store;
    }

    /** @param rounds each writes six keys into each of the databases */
    void write(int rounds, int databases) {
        for (int database = 0; database < databases; database++) {
            for (int round = 0; round < rounds; round++) {
                write(store.database(database), round, 1 + round % 7);
                await(10_000);
            }
        }
        await(0);
    }

    /** Members enough for every encoding that a server changes to when a value grows. */
    void writeLarge() {
        write(store.database(0), 1_000_000, 3_000);
        await(0);
    }

    private void write(RedisClusterAsyncCommands<byte[], byte[]> commands, int round, int members) {
        byte[] text = key("string", round);
        answers.add(commands.set(text, binary(10 + members * 20)));
        if (round % 3 == 0) {
            answers.add(commands.pexpire(text, Duration.ofHours(1).plusMillis(round)));
        }
        for (int i = 0; i < members; i++) {
            answers.add(commands.rpush(key("list", round), binary(8)));
            answers.add(commands.sadd(key("set", round), bytes("member " + i), binary(4)));
            answers.add(commands.zadd(key("zset", round), random.nextGaussian(), bytes("m" + i)));
            answers.add(commands.hset(key("hash", round), binary(6), binary(12)));
        }
        stream(commands, key("stream", round), members);
    }

    @SuppressWarnings("unchecked")
    private void stream(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] key, int members) {
        for (int i = 0; i < members; i++) {
            answers.add(commands.xadd(key, bytes("field"), binary(5)));
        }
        answers.add(commands.xgroupCreate(io.lettuce.core.XReadArgs.StreamOffset.from(key, "0-0"), bytes("group")));
        answers.add(commands.xreadgroup(
                Consumer.from(bytes("group"), bytes("consumer")),
                XReadArgs.Builder.count(2),
                XReadArgs.StreamOffset.lastConsumed(key)));
    }

    /** With a zero byte, a line's end and bytes that are no UTF-8. */
    static byte[] key(String type, int round) {
        byte[] text = bytes(type + ":\0\r\n:" + round);
        text[text.length - 1 - Integer.toString(round).length()] = (byte) 0xff;
        return text;
    }

    private byte[] binary(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private void await(int allowed) {
        if (answers.size() > allowed) {
            answers.forEach(store::await);
            answers.clear();
        }
    }
}
