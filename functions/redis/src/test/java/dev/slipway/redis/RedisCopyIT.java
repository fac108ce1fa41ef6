package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.StoreUnreachable;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RedisCopyIT extends WithServers {
    private static final FenceToken TOKEN = new FenceToken("shop", 1);

    private final RedisEngine engine = new RedisEngine();

    @Test
    void copiesEveryTypeInAllSixteenDatabases() {
        source(store -> {
            new EveryType(store).write(20, 16);
            new EveryType(store).writeLarge();
        });

        assertThat(copy()).isInstanceOf(CopyOutcome.Copied.class);

        assertThat(compare()).isInstanceOfSatisfying(Comparison.Same.class, same -> {
            assertThat(same.items()).isEqualTo(20 * 16 * 6 + 6);
            assertThat(same.digest()).hasSize(64);
        });
    }

    @Test
    void copiesFiftyThousandKeysInSeconds() {
        source(store -> new EveryType(store).write(8_334, 1));
        engine.fence(servers.source(), TOKEN);

        long begin = System.nanoTime();
        CopyOutcome outcome = engine.copy(servers.source(), servers.target(), TOKEN, Progress.SILENT);
        long copied = System.nanoTime();
        Comparison comparison = compare();
        long compared = System.nanoTime();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copy -> assertThat(copy.items()).isGreaterThanOrEqualTo(50_004));
        assertThat(comparison).isInstanceOf(Comparison.Same.class);
        System.out.printf(
                "50,004 keys: copied in %d ms, compared in %d ms%n",
                Duration.ofNanos(copied - begin).toMillis(),
                Duration.ofNanos(compared - copied).toMillis());
        assertThat(Duration.ofNanos(copied - begin)).isLessThan(Duration.ofSeconds(60));
    }

    /** Not how fast it is, but how slow it has to be. */
    @Test
    void readsTheSourceNoFasterThanItMay() {
        source(store -> {
            for (int i = 0; i < 200; i++) {
                store.await(store.database(0).set(bytes("key " + i), new byte[10_000]));
            }
            store.await(store.database(0).set(bytes("large"), new byte[9 << 20]));
            // Zeros would travel compressed.
            store.await(store.database(0).configSet("rdbcompression", "no"));
        });
        engine.fence(servers.source(), TOKEN);
        long begun = System.nanoTime();
        engine.copy(
                servers.source(),
                servers.target(),
                CopyOptions.under(TOKEN).withBytesPerSecond(4 << 20),
                Progress.SILENT);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(compare()).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void sendsNothingTheSecondTime() {
        source(store -> new EveryType(store).write(50, 2));
        assertThat(copy()).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(copy()).isInstanceOf(CopyOutcome.Skipped.class);
    }

    /** The same value is not written the same by a server that compresses, or keeps lists of pairs for smaller hashes only. */
    @Test
    void sendsNothingTheSecondTimeToAServerWithOtherSettings() {
        source(store -> {
            EveryType everyType = new EveryType(store);
            everyType.write(50, 2);
            everyType.writeLarge();
            ServerPair.configure(store, "rdbcompression", "no");
            ServerPair.configure(store, "hash-max-ziplist-entries", "2");
            ServerPair.configure(store, "zset-max-ziplist-entries", "2");
            store.await(
                    store.database(0).hset(bytes("as pairs"), Map.of(bytes("a"), bytes("1"), bytes("b"), bytes("2"))));
            store.await(store.database(0).set(bytes("changed"), bytes("now and then".repeat(9))));
            store.await(store.database(0).hset(bytes("changed hash"), bytes("a"), bytes("now and then".repeat(9))));
        });
        assertThat(copy()).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(copy()).isInstanceOf(CopyOutcome.Skipped.class);

        target(store -> {
            store.await(store.database(0).set(bytes("changed"), bytes("then and now".repeat(9))));
            store.await(store.database(0).hset(bytes("changed hash"), bytes("a"), bytes("then and now".repeat(9))));
            store.await(store.database(1).pexpire(EveryType.key("stream", 9), Duration.ofHours(1)));
            store.await(store.database(1).del(EveryType.key("zset", 9)));
        });
        assertThat(copy())
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isEqualTo(4));
        assertThat(compare()).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void removesWhatTheSourceDoesNotHave() {
        source(store -> store.await(store.database(0).set(bytes("kept"), bytes("1"))));
        target(store -> {
            store.await(store.database(0).set(bytes("left over"), bytes("1")));
            store.await(store.database(5).set(bytes("left over"), bytes("1")));
        });

        copy();

        assertThat(compare())
                .isInstanceOfSatisfying(
                        Comparison.Same.class, same -> assertThat(same.items()).isEqualTo(1));
    }

    @Test
    void replacesAnotherValueAndAnotherType() {
        source(store -> {
            store.await(store.database(0).set(bytes("value"), bytes("right")));
            store.await(store.database(0).rpush(bytes("type"), bytes("right")));
        });
        target(store -> {
            store.await(store.database(0).set(bytes("value"), bytes("wrong")));
            store.await(store.database(0).set(bytes("type"), bytes("wrong")));
        });

        assertThat(copy()).isEqualTo(new CopyOutcome.Copied(2, copiedBytes()));
        assertThat(compare()).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void goesOnWhereAKilledCopyStopped() {
        source(store -> new EveryType(store).write(2_000, 1));
        engine.fence(servers.source(), TOKEN);
        assertThatThrownBy(() -> engine.copy(servers.source(), servers.target(), TOKEN, amount -> {
                    if (amount.items() >= 6_000) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");

        CopyOutcome second = engine.copy(servers.source(), servers.target(), TOKEN, Progress.SILENT);

        assertThat(second)
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isLessThan(7_500));
        assertThat(compare()).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void copiesOnlyTheDatabaseThatIsNamed() {
        source(store -> {
            store.await(store.database(0).set(bytes("not this"), bytes("1")));
            store.await(store.database(3).set(bytes("this"), bytes("1")));
        });
        target(store -> store.await(store.database(1).set(bytes("not ours"), bytes("1"))));
        StoreUrl three = StoreUrl.parse(servers.source().reveal() + "/3?db=only");
        StoreUrl zero = StoreUrl.parse(servers.target().reveal() + "?db=only");
        engine.fence(three, TOKEN);

        engine.copy(three, zero, TOKEN, Progress.SILENT);

        assertThat(engine.compare(three, zero, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        target(store -> assertThat(store.keysByDatabase()).containsOnlyKeys(0, 1));
    }

    @Test
    void keepsExpiriesAsAbsoluteTimesAndDropsWhatExpiredMeanwhile() {
        source(store -> {
            store.await(store.database(0).set(bytes("soon"), bytes("1"), SetArgs.Builder.px(300)));
            store.await(store.database(0).set(bytes("later"), bytes("1"), SetArgs.Builder.px(3_600_000)));
            store.await(store.database(0).set(bytes("never"), bytes("1")));
        });
        copy();

        target(store -> Await.until(() -> store.await(store.database(0).exists(bytes("soon"))) == 0));

        assertThat(compare())
                .isInstanceOfSatisfying(
                        Comparison.Same.class, same -> assertThat(same.items()).isEqualTo(2));
        target(store -> {
            assertThat(store.await(store.database(0).pttl(bytes("later")))).isBetween(3_590_000L, 3_600_000L);
            assertThat(store.await(store.database(0).pttl(bytes("never")))).isEqualTo(-1);
        });
    }

    @Test
    void refusesToCopyWithoutAFence() {
        assertThatThrownBy(() -> engine.copy(servers.source(), servers.target(), TOKEN, Progress.SILENT))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("it takes writes");
    }

    @Test
    void refusesToCopyBehindAnotherAttemptsFence() {
        engine.fence(servers.source(), new FenceToken("shop", 2));
        assertThatThrownBy(() -> engine.copy(servers.source(), servers.target(), TOKEN, Progress.SILENT))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("shop#2");
    }

    @Test
    void noticesThatTheFenceWasLiftedAndPutUpAgainDuringTheCopy() {
        source(store -> new EveryType(store).write(100, 1));
        engine.fence(servers.source(), TOKEN);
        AtomicLong seen = new AtomicLong();
        assertThatThrownBy(() -> engine.copy(servers.source(), servers.target(), TOKEN, amount -> {
                    if (seen.incrementAndGet() == 1) {
                        engine.unfence(servers.source(), TOKEN);
                        engine.fence(servers.source(), TOKEN);
                    }
                }))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("lifted and put up again");
    }

    @Test
    void saysWhatTheTargetRefused() {
        source(store -> store.await(store.database(0).set(bytes("key"), bytes("1"))));
        target(store -> store.await(store.database(0).configSet(Map.of("maxmemory", "1"))));
        try {
            assertThatThrownBy(this::copy)
                    .isInstanceOf(CopyFailed.class)
                    .hasMessageContaining("OOM")
                    .hasMessageContaining("larger node");
        } finally {
            target(store -> store.await(store.database(0).configSet(Map.of("maxmemory", "0"))));
        }
    }

    @Test
    void saysInOneLineThatAServerOrItsPasswordIsWrong() {
        StoreUrl wrong = StoreUrl.parse("redis://app:n0tthis@127.0.0.1:" + servers.targetServer.port());
        assertThatThrownBy(() -> engine.inspect(wrong))
                .isInstanceOf(StoreUnreachable.class)
                .hasMessageContaining("WRONGPASS")
                .hasMessageNotContaining("n0tthis");
        StoreUrl none = StoreUrl.parse("redis://127.0.0.1:" + servers.sourceServer.port());
        assertThatThrownBy(() -> engine.inspect(none))
                .isInstanceOf(StoreUnreachable.class)
                .hasMessageContaining("NOAUTH");
        assertThatThrownBy(() -> engine.inspect(StoreUrl.parse("redis://127.0.0.1:1")))
                .isInstanceOf(StoreUnreachable.class)
                .hasMessageContaining("Connection refused");
        assertThatThrownBy(() -> engine.inspect(StoreUrl.parse("redis://no-such-host.invalid")))
                .isInstanceOf(StoreUnreachable.class);
        assertThatThrownBy(() -> engine.copy(
                        StoreUrl.parse(servers.source().reveal() + "/99?db=only"),
                        servers.target(),
                        TOKEN,
                        Progress.SILENT))
                .isInstanceOf(RuntimeException.class);
    }

    private static long copiedBytes() {
        long[] bytes = new long[1];
        source(store -> {
            for (String key : new String[] {"value", "type"}) {
                bytes[0] += store.await(store.database(0).dump(bytes(key))).length;
            }
        });
        return bytes[0];
    }

    private CopyOutcome copy() {
        engine.fence(servers.source(), TOKEN);
        return engine.copy(servers.source(), servers.target(), TOKEN, Progress.SILENT);
    }

    private Comparison compare() {
        return engine.compare(servers.source(), servers.target(), Progress.SILENT);
    }
}
