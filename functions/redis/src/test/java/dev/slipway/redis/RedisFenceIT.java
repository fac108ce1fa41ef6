package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.MigrationLocked;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisFenceIT extends WithServers {
    private static final FenceToken FIRST = new FenceToken("shop", 1);
    private static final FenceToken SECOND = new FenceToken("shop", 2);

    private final RedisEngine engine = new RedisEngine();
    private RedisStore store;
    private RedisAsyncCommands<byte[], byte[]> old;

    @BeforeEach
    void connectBeforeTheFence() {
        store = RedisStore.open(servers.source());
        old = store.server(0);
        store.await(old.set(bytes("ship"), bytes("Vasa")));
    }

    @AfterEach
    void disconnect() {
        store.close();
    }

    @Test
    void stopsEveryKindOfWriteOnConnectionsThatWereOpenBefore() {
        engine.fence(servers.source(), FIRST);

        assertRefused(old.set(bytes("ship"), bytes("Mars")));
        assertRefused(old.del(bytes("ship")));
        assertRefused(old.flushall());
        assertRefused(
                old.<String>eval("return redis.call('SET', KEYS[1], '1')", ScriptOutputType.STATUS, bytes("ship")));
        assertRefused(old.restore(bytes("other"), 0, store.await(old.dump(bytes("ship")))));
        RedisFuture<String> multi = old.multi();
        RedisFuture<String> queued = old.set(bytes("ship"), bytes("Mars"));
        RedisFuture<?> exec = old.exec();
        store.await(multi);
        assertRefused(queued);
        assertThatThrownBy(() -> store.await(exec)).hasMessageContaining("EXECABORT");
        assertThat(store.await(old.get(bytes("ship")))).isEqualTo(bytes("Vasa"));
    }

    @Test
    void letsNoBlockedConsumerTakeAnything() {
        RedisFuture<KeyValue<byte[], byte[]>> blocked = store.database(1).blpop(0, bytes("queue"));
        try (RedisStore other = RedisStore.open(servers.source())) {
            Await.until(() -> "1".equals(other.info("clients").get("blocked_clients")));
            engine.fence(servers.source(), FIRST);
            assertThatThrownBy(() -> other.await(other.database(1).rpush(bytes("queue"), bytes("1"))))
                    .hasMessageContaining("NOREPLICAS");
            assertThat(blocked.isDone()).isFalse();

            engine.unfence(servers.source(), FIRST);
            other.await(other.database(1).rpush(bytes("queue"), bytes("1")));
            assertThat(store.await(blocked).getValue()).isEqualTo(bytes("1"));
        }
    }

    @Test
    void waitsForAScriptThatIsStillWriting() {
        store.await(old.configSet("lua-time-limit", "100"));
        RedisFuture<Long> script = old.eval(
                "for i = 1, 2000000 do redis.call('INCR', KEYS[1]) end; return redis.call('INCR', KEYS[1])",
                ScriptOutputType.INTEGER,
                bytes("count"));
        engine.fence(servers.source(), FIRST);

        assertThat(script.isDone()).isTrue();
        assertThat(Long.parseLong(
                        new String(store.await(old.get(bytes("count"))), java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(store.await(script));
    }

    @Test
    void isReadByAnotherProcessAndLeavesNothingWhenItIsLifted() {
        store.await(old.configSet(Map.of("masterauth", "own secret \"x\"")));
        store.await(old.configSet(Map.of("min-replicas-max-lag", "0")));
        store.await(old.configSet(Map.of("maxmemory-policy", "allkeys-lru")));
        Map<String, String> before = store.await(old.configGet("*"));
        try {
            engine.fence(servers.source(), FIRST);
            assertThat(new RedisEngine().fenced(servers.source())).contains(FIRST);
            assertThat(store.keysByDatabase()).containsOnly(Map.entry(0, 1L));

            engine.unfence(servers.source(), FIRST);

            assertThat(store.await(old.configGet("*"))).isEqualTo(before);
            assertThat(engine.fenced(servers.source())).isEmpty();
            assertThat(store.await(old.set(bytes("ship"), bytes("Mars")))).isEqualTo("OK");
            engine.unfence(servers.source(), FIRST);
        } finally {
            store.await(old.configSet(Map.of("min-replicas-max-lag", "10")));
        }
    }

    @Test
    void maySetTheSameFenceTwice() {
        engine.fence(servers.source(), FIRST);
        engine.fence(servers.source(), FIRST);
        assertThat(engine.fenced(servers.source())).contains(FIRST);
        engine.unfence(servers.source(), FIRST);
        assertThat(store.await(old.configGet("min-replicas-to-write"))).containsValue("0");
    }

    @Test
    void isTakenOverByALaterAttemptAndNotLiftedByAnEarlierOne() {
        engine.fence(servers.source(), FIRST);
        engine.fence(servers.source(), SECOND);
        assertThat(engine.fenced(servers.source())).contains(SECOND);
        assertThatThrownBy(() -> engine.unfence(servers.source(), FIRST)).isInstanceOf(StaleAttempt.class);
        assertThatThrownBy(() -> engine.fence(servers.source(), FIRST)).isInstanceOf(StaleAttempt.class);
        assertThatThrownBy(() -> engine.unfence(servers.source(), new FenceToken("other", 9)))
                .isInstanceOf(MigrationLocked.class);

        engine.unfence(servers.source(), SECOND);

        assertThat(store.await(old.configGet("masterauth"))).containsValue("");
        assertThat(store.await(old.configGet("min-replicas-to-write"))).containsValue("0");
    }

    @Test
    void isGoneAfterARestartAndSaysSo() throws Exception {
        engine.fence(servers.source(), FIRST);
        servers.sourceServer = servers.sourceServer.restart();

        assertThat(engine.fenced(servers.source())).isEmpty();
        assertThatThrownBy(() -> engine.copy(servers.source(), servers.target(), FIRST, Progress.SILENT))
                .isInstanceOf(FenceBroken.class);
        engine.unfence(servers.source(), FIRST);
    }

    @Test
    void doesNotLeaveAServerClosedWhoseMarkWasOverwritten() {
        engine.fence(servers.source(), FIRST);
        store.await(old.configSet(Map.of("masterauth", "")));

        assertThat(engine.fenced(servers.source())).isEmpty();
        engine.unfence(servers.source(), FIRST);

        assertThat(store.await(old.set(bytes("ship"), bytes("Mars")))).isEqualTo("OK");
    }

    @Test
    void letsKeysExpire() {
        store.await(old.set(bytes("brief"), bytes("1"), SetArgs.Builder.px(200)));
        engine.fence(servers.source(), FIRST);
        Await.until(() -> store.await(old.exists(bytes("brief"))) == 0);
    }

    @Test
    void saysThatAManagedServerCannotBeFenced() {
        assertThatThrownBy(() -> engine.fence(servers.target(), FIRST))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("CONFIG");
    }

    @Test
    void saysThatAReplicaIsNotWhereTheAppWrites() {
        store.await(old.replicaof("127.0.0.1", 1));
        try {
            assertThatThrownBy(() -> engine.fence(servers.source(), FIRST))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("it is a replica");
            assertThat(engine.inspect(servers.source()).findings())
                    .extracting(finding -> finding.subject())
                    .contains("replica");
        } finally {
            store.await(old.replicaofNoOne());
        }
    }

    private void assertRefused(RedisFuture<?> write) {
        assertThatThrownBy(() -> store.await(write)).hasMessageContaining("NOREPLICAS");
    }
}
