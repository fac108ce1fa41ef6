package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.Consumer;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisCompareIT extends WithServers {
    private static final FenceToken TOKEN = new FenceToken("shop", 1);

    private final RedisEngine engine = new RedisEngine();
    private RedisStore source;
    private RedisStore target;

    @BeforeEach
    void copyEveryType() {
        source = RedisStore.open(servers.source());
        target = RedisStore.open(servers.targetAdmin());
        new EveryType(source).write(10, 2);
        new EveryType(source).writeLarge();
        engine.fence(servers.source(), TOKEN);
        engine.copy(servers.source(), servers.target(), TOKEN, Progress.SILENT);
        assertThat(compare()).isInstanceOf(Comparison.Same.class);
    }

    @AfterEach
    void disconnect() {
        source.close();
        target.close();
    }

    @Test
    void findsOneByteInAString() {
        assertFinds("string", (commands, key) -> target.await(commands.setrange(key, 7, bytes("!"))), "byte 7");
    }

    @Test
    void findsOneElementOfALargeList() {
        assertFinds("list", (commands, key) -> target.await(commands.lset(key, 2_345, bytes("x"))), "element 2345");
    }

    @Test
    void findsAMemberOfALargeSetThatIsAnotherOne() {
        assertFinds(
                "set",
                (commands, key) -> {
                    target.await(commands.srem(key, bytes("member 17")));
                    target.await(commands.sadd(key, bytes("member X")));
                },
                "member 17");
    }

    @Test
    void findsAMemberTooMany() {
        assertFinds("set", (commands, key) -> target.await(commands.sadd(key, bytes("more"))), "members");
    }

    @Test
    void findsAFieldWithAnotherValue() {
        assertFinds(
                "hash",
                (commands, key) -> {
                    byte[] field = target.await(commands.hkeys(key)).getFirst();
                    target.await(commands.hset(key, field, bytes("x")));
                },
                "member");
    }

    @Test
    void findsAScoreThatIsANeighbouringNumber() {
        assertFinds(
                "zset",
                (commands, key) -> {
                    double score = target.await(commands.zscore(key, bytes("m5")));
                    target.await(commands.zadd(key, Math.nextUp(score), bytes("m5")));
                },
                "element");
    }

    @Test
    void findsAnEntryOfAStream() {
        assertFinds(
                "stream",
                (commands, key) -> target.await(commands.xadd(key, bytes("field"), bytes("more"))),
                "entries");
    }

    @Test
    void findsAnAcknowledgedEntryOfAGroup() {
        assertFinds(
                "stream",
                (commands, key) -> {
                    String id = target.await(commands.xpending(key, bytes("group")))
                            .getMessageIds()
                            .getLower()
                            .getValue();
                    target.await(commands.xack(key, bytes("group"), id));
                },
                "pending");
    }

    @Test
    void findsAConsumerOfAGroup() {
        assertFinds(
                "stream",
                (commands, key) -> target.await(
                        commands.xgroupCreateconsumer(key, Consumer.from(bytes("group"), bytes("another")))),
                "consumers");
    }

    @Test
    void findsALostTimeToLive() {
        byte[] key = EveryType.key("string", 3);
        target.await(target.database(0).persist(key));
        assertThat(differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.detail()).contains("never"));
    }

    @Test
    void findsATimeToLiveThatIsSecondsOff() {
        byte[] key = EveryType.key("string", 3);
        target.await(target.database(0).pexpire(key, Duration.ofHours(1).minusSeconds(5)));
        assertThat(differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.detail()).contains("expires"));
    }

    @Test
    void findsAnotherTypeAMissingKeyAndAnExtraOne() {
        target.await(target.database(0).del(EveryType.key("string", 1)));
        target.await(target.database(1).set(bytes("extra"), bytes("1")));
        target.await(target.database(0).set(EveryType.key("list", 2), bytes("1")));

        assertThat(differences())
                .extracting(Difference::side)
                .containsExactlyInAnyOrder(Side.ONLY_SOURCE, Side.ONLY_TARGET, Side.BOTH);
    }

    @Test
    void takesAnotherEncodingOfTheSameValueForTheSame() {
        for (String setting :
                List.of("hash-max-ziplist-entries", "zset-max-ziplist-entries", "set-max-intset-entries")) {
            target.await(target.database(0).configSet(setting, "1"));
        }
        target.await(target.database(0).configSet("stream-node-max-entries", "1"));
        source.await(source.database(0).configSet(Map.of("min-replicas-to-write", "0")));
        source.await(source.database(0).sadd(bytes("numbers"), bytes("1"), bytes("2"), bytes("3")));
        source.await(source.database(0).configSet(Map.of("min-replicas-to-write", "1000000")));
        target.await(target.database(0).flushall());
        engine.copy(servers.source(), servers.target(), TOKEN, Progress.SILENT);
        try {
            byte[] hash = EveryType.key("hash", 6);
            assertThat(source.await(source.database(0).objectEncoding(hash))).isEqualTo("ziplist");
            assertThat(target.await(target.database(0).objectEncoding(hash))).isEqualTo("hashtable");
            assertThat(compare()).isInstanceOf(Comparison.Same.class);
        } finally {
            for (String setting : List.of("hash-max-ziplist-entries", "zset-max-ziplist-entries")) {
                target.await(target.database(0).configSet(setting, "128"));
            }
            target.await(target.database(0).configSet("stream-node-max-entries", "100"));
        }
    }

    @Test
    void takesNoKeyForMissingWhoseTimeHasCome() {
        target.await(target.database(0).set(bytes("due"), bytes("1"), SetArgs.Builder.px(900)));
        assertThat(compare()).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void tellsKeysWhoseTimeComesMeanwhileFromLostOnes() {
        source.await(source.database(0).configSet(Map.of("min-replicas-to-write", "0")));
        long soon = System.currentTimeMillis() + 3_000;
        for (int i = 0; i < 2_000; i++) {
            byte[] key = bytes("session:" + i);
            source.await(source.database(0).set(key, bytes("1"), SetArgs.Builder.pxAt(soon + i % 7)));
            // Later, but not by more than may be: for a while they are on the target only.
            target.await(target.database(0).set(key, bytes("1"), SetArgs.Builder.pxAt(soon + 900)));
        }
        source.await(source.database(0).set(bytes("lost"), bytes("1"), SetArgs.Builder.px(3_600_000)));
        assertThat(engine.compare(servers.source(), servers.target(), amount -> {
                    while (System.currentTimeMillis() < soon + 20) {
                        Thread.onSpinWait();
                    }
                }))
                .isInstanceOfSatisfying(Comparison.Different.class, different -> {
                    assertThat(different.total()).isEqualTo(1);
                    assertThat(different.first()).singleElement().satisfies(lost -> {
                        assertThat(lost.item()).isEqualTo("db0:lost");
                        assertThat(lost.side()).isEqualTo(Side.ONLY_SOURCE);
                    });
                });
    }

    @Test
    void countsMoreDifferencesThanItLists() {
        target.await(target.database(0).flushdb());
        assertThat(compare()).isInstanceOfSatisfying(Comparison.Different.class, different -> {
            assertThat(different.total()).isEqualTo(66);
            assertThat(different.first()).hasSize(20);
        });
    }

    @Test
    void givesTheSameDigestForTheSameContent() {
        assertThat(compare()).isEqualTo(compare());
    }

    @Test
    void doesNotTakeAServerThatDiedForSame() throws Exception {
        try (var dying = servers.start("dying")) {
            var url = dev.slipway.migration.StoreUrl.parse("redis://127.0.0.1:" + dying.port());
            int[] seen = new int[1];
            assertThatThrownBy(() -> engine.compare(servers.source(), servers.target(), amount -> {
                        if (seen[0]++ == 10) {
                            throw new StoreUnreachable("compare", "it died", "start it");
                        }
                    }))
                    .isInstanceOf(StoreUnreachable.class);
            dying.kill();
            assertThatThrownBy(() -> engine.compare(servers.source(), url, Progress.SILENT))
                    .isInstanceOf(StoreUnreachable.class);
        }
    }

    private void assertFinds(
            String type, BiConsumer<RedisClusterAsyncCommands<byte[], byte[]>, byte[]> change, String detail) {
        byte[] key = EveryType.key(type, 1_000_000);
        change.accept(target.database(0), key);
        assertThat(differences()).singleElement().satisfies(difference -> {
            assertThat(difference.side()).isEqualTo(Side.BOTH);
            assertThat(difference.item()).isEqualTo(KeyText.of(0, key));
            assertThat(difference.detail()).contains(detail);
        });
    }

    private List<Difference> differences() {
        return compare() instanceof Comparison.Different different ? different.first() : List.of();
    }

    private Comparison compare() {
        return engine.compare(servers.source(), servers.target(), Progress.SILENT);
    }

    @Test
    void namesABinaryKeySoThatItCanBeTyped() {
        assertThat(KeyText.of(3, new byte[] {'a', 0, (byte) 0xff, '"'})).isEqualTo("db3:\"a\\x00\\xff\\x22\"");
        assertThat(Map.of(0, KeyText.of(bytes("crème")))).containsEntry(0, "crème");
    }
}
