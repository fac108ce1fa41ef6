package dev.slipway.redis.follow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.ServerOf;
import dev.slipway.redis.keys.ChangedKeys;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Wire;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real servers of each release that can be followed: whatever writes to a key tells of it. */
class WitnessIT {
    /** Of each, what is there before; what is done; and the name that is told. Several of one command where it has several ways. */
    private static final List<String> TOLD = """
            SET k 1 | APPEND k 2
            SET k 1 | BITFIELD k SET u8 0 7
            SET a 1 | BITOP NOT k a
            RPUSH k 1 | BLMOVE k b LEFT LEFT 1
            RPUSH a 1 | BLMOVE a k LEFT LEFT 1
            RPUSH k 1 | BLPOP k 1
            RPUSH k 1 | BRPOP k 1
            RPUSH k 1 | BRPOPLPUSH k b 1
            ZADD k 1 a | BZPOPMAX k 1
            ZADD k 1 a | BZPOPMIN k 1
            SET a 1 | COPY a k
            SET k 1 | DECR k
            SET k 1 | DECRBY k 2
            SET k 1 | DEL k
            SET k 1 | UNLINK k
            SET k 1 | EXPIRE k 100
            SET k 1 | EXPIRE k -1
            SET k 1 | EXPIREAT k 9999999999
            SET k 1 | PEXPIRE k 100000
            SET k 1 | PEXPIREAT k 9999999999999
            SET k 1 EX 100 | PERSIST k
            | GEOADD k 13 38 a
            GEOADD a 13 38 a | GEORADIUS a 13 38 9 km STORE k
            GEOADD a 13 38 a | GEORADIUSBYMEMBER a a 9 km STORE k
            GEOADD a 13 38 a | GEOSEARCHSTORE k a FROMLONLAT 13 38 BYRADIUS 9 km
            SET k 1 | GETDEL k
            SET k 1 | GETEX k EX 100
            SET k 1 EX 100 | GETEX k PERSIST
            SET k 1 | GETSET k 2
            HSET k a 1 b 2 | HDEL k a
            HSET k a 1 | HINCRBY k a 1
            HSET k a 1 | HINCRBYFLOAT k a 1
            | HMSET k a 1
            | HSET k a 1
            | HSETNX k a 1
            | INCR k
            | INCRBY k 2
            | INCRBYFLOAT k 2
            RPUSH k 1 | LINSERT k BEFORE 1 0
            RPUSH k 1 | LMOVE k b LEFT LEFT
            RPUSH k 1 2 | LPOP k
            | LPUSH k 1
            RPUSH k 1 | LPUSHX k 1
            RPUSH k 1 2 | LREM k 0 1
            RPUSH k 1 | LSET k 0 2
            RPUSH k 1 2 | LTRIM k 0 0
            SET k 1 | MOVE k 3
            | MSET a 1 k 2
            | MSETNX a 1 k 2
            | PSETEX k 100000 1
            | PFADD k 1
            PFADD a 1 | PFMERGE k a
            PFADD k 1 | PFCOUNT k
            SET k 1 | RENAME k b
            SET a 1 | RENAME a k
            SET k 1 | RENAMENX k b
            RPUSH k 1 2 | RPOP k
            RPUSH a 1 2 | RPOPLPUSH a k
            | RPUSH k 1
            RPUSH k 1 | RPUSHX k 1
            | SADD k 1
            SADD a 1 | SDIFFSTORE k a b
            SADD a 1 | SINTERSTORE k a a
            SADD a 1 | SUNIONSTORE k a a
            | SET k 1
            | SETBIT k 1 1
            | SETEX k 100 1
            | SETNX k 1
            SET k 1 | SETRANGE k 1 2
            SADD a 1 2 | SMOVE a k 1
            SADD k 1 2 | SMOVE k a 1
            RPUSH a 2 1 | SORT a STORE k
            SADD k 1 2 | SPOP k
            SADD k 1 2 | SREM k 1
            | XADD k * a 1
            XADD k 1-1 a 1 | XDEL k 1-1
            XADD k 1-1 a 1 | XTRIM k MAXLEN 0
            | ZADD k 1 a
            ZADD a 1 a | ZDIFFSTORE k 2 a b
            ZADD k 1 a | ZINCRBY k 1 a
            ZADD a 1 a | ZINTERSTORE k 2 a a
            ZADD a 1 a | ZUNIONSTORE k 2 a b
            ZADD a 1 a | ZRANGESTORE k a 0 -1
            ZADD k 1 a 2 b | ZPOPMAX k
            ZADD k 1 a 2 b | ZPOPMIN k
            ZADD k 1 a 2 b | ZREM k a
            ZADD k 1 a 1 b | ZREMRANGEBYLEX k [a [a
            ZADD k 1 a 2 b | ZREMRANGEBYRANK k 0 0
            ZADD k 1 a 2 b | ZREMRANGEBYSCORE k 1 1
            SET k 1 | EVAL redis.call('SET',KEYS[1],2) 1 k
            SET k 1 | EVAL redis.set_repl(redis.REPL_NONE)redis.call('SET',KEYS[1],2) 1 k
            RPUSH k 1 2 | LMPOP 1 k LEFT
            RPUSH k 1 2 | BLMPOP 1 1 k LEFT
            ZADD k 1 a 2 b | ZMPOP 1 k MIN
            ZADD k 1 a 2 b | BZMPOP 1 1 k MIN
            HSET k a 1 b 2 | HEXPIRE k 100 FIELDS 1 a
            HSET k a 1 b 2 | HEXPIRE k 0 FIELDS 1 a
            HSET k a 1 b 2 | HEXPIREAT k 9999999999 FIELDS 1 a
            HSET k a 1 b 2 | HPEXPIRE k 100000 FIELDS 1 a
            HSET k a 1 b 2 | HPEXPIREAT k 9999999999999 FIELDS 1 a
            HSET k a 1 b 2 ; HEXPIRE k 100 FIELDS 1 a | HPERSIST k FIELDS 1 a
            HSET k a 1 b 2 | HGETDEL k FIELDS 1 a
            HSET k a 1 b 2 | HGETEX k EX 100 FIELDS 1 a
            HSET k a 1 b 2 | HSETEX k EX 100 FIELDS 1 a 3
            """.lines().toList();

    /** Of streams' groups and of modules' types nothing need be told: such keys are always compared again. */
    private static final Set<String> NEVER_TRUSTED =
            Set.of("xack", "xautoclaim", "xclaim", "xgroup", "xreadgroup", "xsetid", "vadd", "vrem", "vsetattr");

    /** MIGRATE deletes; RESTORE is tried by itself, since what it is given is binary; the first two are told of otherwise. */
    private static final Set<String> TRIED_OTHERWISE =
            Set.of("flushall", "flushdb", "swapdb", "restore", "restore-asking", "migrate", "pfdebug");

    @TempDir
    Path folder;

    private final ChangedKeys changed = new ChangedKeys();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REDIS_5_0")
    void hearsOfWhateverWrites(RedisRelease release) throws Exception {
        try (RedisServer server = ServerOf.start(folder, release);
                RedisStore store = RedisStore.open(ServerOf.url(server));
                Wire wire = store.wire(2, "test");
                Witness witness = Witness.post(store)) {
            Set<String> writing = writing(wire);
            Set<String> tried = new HashSet<>();
            Set<String> untold = new HashSet<>();
            for (String line : TOLD) {
                String before = line.substring(0, line.indexOf('|')).strip();
                String done = line.substring(line.indexOf('|') + 1).strip();
                String name = done.substring(0, done.indexOf(' ')).toLowerCase(Locale.ROOT);
                boolean isKnown =
                        writing.contains(name) || Set.of("eval", "pfcount").contains(name);
                if (isKnown && !isTold(wire, witness, before, done)) {
                    untold.add(done);
                }
                tried.add(name);
            }
            assertThat(untold).as("not told").isEmpty();
            writing.removeAll(tried);
            writing.removeAll(NEVER_TRUSTED);
            writing.removeAll(TRIED_OTHERWISE);
            assertThat(writing).as("not tried").isEmpty();
        }
    }

    private boolean isTold(Wire wire, Witness witness, String before, String done) throws IOException {
        demand(wire, "FLUSHALL");
        for (String each : before.split(";", -1)) {
            if (!each.isBlank()) {
                demand(wire, each.strip());
            }
        }
        ChangedKeys earlier = new ChangedKeys();
        witness.hear(earlier);
        witness.hear(earlier);
        demand(wire, done);
        ChangedKeys told = new ChangedKeys();
        witness.hearUntilNow(told);
        return told.take().stream().map(WitnessIT::text).anyMatch("k"::equals);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REDIS_5_0")
    void hearsOfWhatAServerRemovesItself(RedisRelease release) throws Exception {
        try (RedisServer server = ServerOf.start(folder, release);
                RedisStore store = RedisStore.open(ServerOf.url(server));
                Wire wire = store.wire(0, "test");
                Witness witness = Witness.post(store)) {
            demand(wire, "SET soon 1 PX 30");
            demand(wire, "SET late 1 PX 30");
            ChangedKeys earlier = new ChangedKeys();
            witness.hearUntilNow(earlier);
            assertThat(earlier.count()).isEqualTo(2);
            Thread.sleep(400);
            ask(wire, "GET late");
            witness.hearUntilNow(changed);
            assertThat(changed.take()).extracting(WitnessIT::text).containsExactlyInAnyOrder("soon", "late");

            demand(wire, "SET evicted 1");
            witness.hearUntilNow(earlier);
            demand(wire, "CONFIG SET maxmemory-policy allkeys-random");
            demand(wire, "CONFIG SET maxmemory 1");
            ask(wire, "SET more 1");
            witness.hearUntilNow(changed);
            assertThat(changed.take()).extracting(WitnessIT::text).containsExactly("evicted");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REDIS_5_0")
    void takesEveryKeyForChangedWhereDatabasesAreEmptiedOrExchanged(RedisRelease release) throws Exception {
        try (RedisServer server = ServerOf.start(
                        folder,
                        release,
                        release == RedisRelease.REDIS_6_2 ? "loglevel notice" : "enable-debug-command yes");
                RedisStore store = RedisStore.open(ServerOf.url(server));
                Wire wire = store.wire(0, "test")) {
            demand(wire, "SET k 1");
            for (String done : List.of(
                    "FLUSHDB",
                    "FLUSHALL",
                    "SWAPDB 0 1",
                    "SWAPDB 0 1",
                    "EVAL redis.call('SWAPDB',0,1) 0",
                    "DEBUG RELOAD")) {
                try (Witness witness = Witness.post(store)) {
                    ChangedKeys told = new ChangedKeys();
                    witness.hearUntilNow(told);
                    assertThat(told.whyAll()).isEmpty();
                    demand(wire, done);
                    witness.hearUntilNow(told);
                    assertThat(told.whyAll()).as(done).isPresent();
                }
            }
        }
    }

    /** What is done in one turn of the event loop with the question is told behind its answer. */
    @Test
    void hearsOfWhatWasAnsweredBeforeItAsked() throws Exception {
        try (RedisServer server = ServerOf.start(folder, RedisRelease.REDIS_6_2);
                RedisStore store = RedisStore.open(ServerOf.url(server));
                Wire wire = store.wire(0, "test");
                Witness witness = Witness.post(store)) {
            for (int i = 0; i < 20_000; i++) {
                demand(wire, "SET k" + i + " 1");
                witness.hear(changed);
                assertThat(changed.take()).as("after write %d", i).hasSize(1);
            }
        }
    }

    @Test
    void isNotHeardWhereTheServerIsTooOldOrRefuses() throws Exception {
        try (RedisServer server = ServerOf.start(folder, RedisRelease.REDIS_6_2);
                RedisStore all = RedisStore.open(ServerOf.url(server));
                Wire wire = all.wire(0, "test")) {
            demand(wire, "ACL SETUSER lesser on >l ~* &* +@all -client");
            try (RedisStore store = RedisStore.open(StoreUrl.parse("redis://lesser:l@127.0.0.1:" + server.port()))) {
                assertThatThrownBy(() -> Witness.post(store))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("NOPERM");
            }
        }
        try (RedisServer server = ServerOf.start(folder, RedisRelease.REDIS_5_0);
                RedisStore store = RedisStore.open(ServerOf.url(server))) {
            assertThatThrownBy(() -> Witness.post(store)).hasMessageContaining("older than 6.2");
        }
    }

    @SuppressWarnings("unchecked")
    private static Set<String> writing(Wire wire) throws IOException {
        wire.add(Wire.ascii("COMMAND"));
        wire.send();
        List<@Nullable Object> commands = (List<@Nullable Object>) requireNonNull(wire.read());
        return commands.stream()
                .map(each -> (List<@Nullable Object>) requireNonNull(each))
                .filter(each -> ((List<?>) requireNonNull(each.get(2))).contains("write"))
                .map(each -> text((byte[]) requireNonNull(each.getFirst())).toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static void demand(Wire wire, String line) throws IOException {
        assertThat(ask(wire, line) instanceof Wire.Refusal).as(line).isFalse();
    }

    private static @Nullable Object ask(Wire wire, String line) throws IOException {
        wire.add(List.of(line.split(" ", -1)).stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
        wire.send();
        return wire.read();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
