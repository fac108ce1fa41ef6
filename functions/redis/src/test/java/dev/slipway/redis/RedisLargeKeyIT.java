package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import io.lettuce.core.RedisFuture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values larger than the memory of the process that copies them. */
@Tag("battery")
class RedisLargeKeyIT {
    private static final int MEMBERS = 1_000_000;

    @TempDir
    Path folder;

    @Test
    void copiesValuesLargerThanItsMemory() throws Exception {
        try (ServerPair servers = new ServerPair(folder)) {
            try (RedisStore store = RedisStore.open(servers.source())) {
                store.await(store.database(0).setrange(bytes("string"), (512L << 20) - 4, bytes("last")));
                fill(store, i -> store.database(0).zadd(bytes("zset"), i * 0.1, bytes("member " + i)));
                fill(store, i -> store.database(0).hset(bytes("hash"), bytes("field " + i), bytes("value " + i)));
                fill(store, i -> store.database(0).rpush(bytes("list"), bytes("element " + i)));
                fill(store, i -> store.database(0).sadd(bytes("set"), bytes("member " + i)));
                fill(store, i -> store.database(0).xadd(bytes("stream"), bytes("field"), bytes("value " + i)));
            }

            try (CopyProcess copy = CopyProcess.start(
                    servers.source(), servers.target(), folder, "-Xmx128m", "-XX:MaxDirectMemorySize=64m")) {
                assertThat(copy.exit()).as(copy.printed()).isZero();
            }
            assertThat(new RedisEngine().compare(servers.source(), servers.target(), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            Comparison.Same.class,
                            same -> assertThat(same.items()).isEqualTo(6));
        }
    }

    @Test
    void comparesAMillionKeysInLittleMemory() throws Exception {
        try (RedisServer source = ServerOf.start(folder, RedisRelease.REDIS_6_2);
                RedisServer target = ServerOf.start(folder, RedisRelease.REDIS_6_2)) {
            for (RedisServer server : List.of(source, target)) {
                new Onlooker(ServerOf.url(server)).ask("DEBUG POPULATE " + MEMBERS + " key 100");
            }
            try (CopyProcess compare = CopyProcess.start(
                    ServerOf.url(source),
                    ServerOf.url(target),
                    folder,
                    "-Xmx256m",
                    "-D" + CopyProcess.COMPARING + "=true")) {
                assertThat(compare.exit()).as(compare.printed()).isZero();
            }
        }
    }

    private static void fill(RedisStore store, IntFunction<RedisFuture<?>> command) {
        List<RedisFuture<?>> answers = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            answers.add(command.apply(i));
            if (answers.size() == 10_000) {
                answers.forEach(store::await);
                answers.clear();
            }
        }
        answers.forEach(store::await);
    }
}
