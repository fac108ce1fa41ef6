package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A source that is read as its replica does: which it notices, and which is why it counts what it was asked for. */
class RedisReplicationIT {
    private static final String FORCED = "?read=replication";
    private static final String SAVES = "save 3600 1";

    @TempDir
    Path folder;

    private final RedisEngine engine = new RedisEngine();

    @ParameterizedTest
    @EnumSource
    @Tag("battery")
    void carriesEveryEncodingOfEveryReleaseAndLeavesNothing(RedisRelease release) throws Exception {
        try (RedisServer source = ServerOf.start(folder, release);
                RedisServer target = ServerOf.start(folder, release)) {
            int keys = fill(source, release);

            CopyOutcome outcome = copy(source, target, FORCED);

            assertThat(outcome).isInstanceOfSatisfying(CopyOutcome.Copied.class, copied -> {
                assertThat(copied.items()).isEqualTo(keys);
                assertThat(copied.findings()).isEmpty();
            });
            assertSame(source, target, keys);
            assertThat(asked(source, "psync")).isEqualTo(1);
            assertNothingOfOurs(source, target);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "REDIS_6_2")
    void carriesEveryEncodingAndDatabase(RedisRelease release) throws Exception {
        carriesEveryEncodingOfEveryReleaseAndLeavesNothing(release);
    }

    @Test
    void isChosenWhereTheSourceAllowsIt() throws Exception {
        try (RedisServer source = ServerOf.start(folder, RedisRelease.REDIS_6_2, SAVES);
                RedisServer target = ServerOf.start(folder, RedisRelease.REDIS_6_2)) {
            int keys = fill(source, RedisRelease.REDIS_6_2);
            Set<String> said = ConcurrentHashMap.newKeySet();

            engine.copy(
                    ServerOf.url(source),
                    ServerOf.url(target),
                    CopyOptions.unfenced(),
                    amount -> said.add(amount.what()));

            assertThat(said).containsOnly("database 0, read by replication", "database 1, read by replication");
            assertThat(asked(source, "psync")).isEqualTo(1);
            // The look at what the login may do; nobody wrote, so there was no second pass.
            assertThat(asked(source, "scan")).isEqualTo(1);
            assertSame(source, target, keys);
        }
    }

    @Test
    void isNotBegunForAUserWhoMayNotOrAtARateOrWhereScanIsAskedFor() throws Exception {
        try (RedisServer source =
                        ServerOf.start(folder, RedisRelease.REDIS_6_2, "user reader on >s0urce ~* &* +@all -psync");
                RedisServer target = ServerOf.start(folder, RedisRelease.REDIS_6_2)) {
            fill(source, RedisRelease.REDIS_6_2);
            Map<StoreUrl, String> sources = Map.of(
                    StoreUrl.parse("redis://reader:s0urce@127.0.0.1:" + source.port()),
                    "(PSYNC is not allowed)",
                    StoreUrl.parse(ServerOf.url(source).reveal() + "?read=scan"),
                    "(as asked)");
            sources.forEach((url, why) -> {
                empty(target);
                assertReadByScan(url, target, CopyOptions.unfenced(), why);
            });
            empty(target);
            assertReadByScan(
                    ServerOf.url(source),
                    target,
                    CopyOptions.unfenced().withBytesPerSecond(1 << 30),
                    "(a replica cannot be held to a rate)");
            assertThat(asked(source, "psync")).isZero();
        }
    }

    /** The file that is saved for a replica would be loaded at the next start, in the place of nothing. */
    @Test
    void isNotBegunWhereTheSourceSavesNothingByItselfUnlessItIsAskedFor() throws Exception {
        try (RedisServer source = ServerOf.start(folder, RedisRelease.REDIS_6_2, "save \"\"");
                RedisServer target = ServerOf.start(folder, RedisRelease.REDIS_6_2)) {
            fill(source, RedisRelease.REDIS_6_2);
            assertReadByScan(
                    ServerOf.url(source),
                    target,
                    CopyOptions.unfenced(),
                    "(it saves nothing by itself, and would keep the file of a replica)");
            assertThat(asked(source, "psync")).isZero();
            empty(target);

            copy(source, target, FORCED);

            assertThat(asked(source, "psync")).isEqualTo(1);
        }
    }

    private void assertReadByScan(StoreUrl source, RedisServer target, CopyOptions options, String why) {
        Set<String> said = ConcurrentHashMap.newKeySet();
        CopyOutcome outcome = engine.copy(source, ServerOf.url(target), options, amount -> said.add(amount.what()));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.findings()).isEmpty());
        assertThat(said).contains("database 0, read by SCAN " + why);
        assertThat(engine.compare(source, ServerOf.url(target), Progress.SILENT))
                .isInstanceOf(Comparison.Same.class);
    }

    @Test
    void goesOnByScanWhenTheConnectionIsCutAndSaysSo() throws Exception {
        try (RedisServer source = ServerOf.start(folder, RedisRelease.REDIS_6_2, SAVES);
                RedisServer target = ServerOf.start(folder, RedisRelease.REDIS_6_2);
                CutProxy proxy = new CutProxy(source.port(), 4 << 20)) {
            int keys = fillWithStrings(source);

            CopyOutcome outcome = engine.copy(
                    StoreUrl.parse("redis://127.0.0.1:" + proxy.port() + "?read=scan"),
                    ServerOf.url(target),
                    CopyOptions.unfenced().withJobs(16),
                    Progress.SILENT);
            assertThat(outcome).isInstanceOf(CopyOutcome.Copied.class);
            assertThat(proxy.cuts()).isZero();
            empty(target);

            outcome = engine.copy(
                    StoreUrl.parse("redis://127.0.0.1:" + proxy.port()),
                    ServerOf.url(target),
                    CopyOptions.unfenced().withJobs(16),
                    Progress.SILENT);

            assertThat(proxy.cuts()).isEqualTo(1);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            CopyOutcome.Copied.class,
                            copied -> assertThat(copied.findings())
                                    .singleElement()
                                    .extracting(Finding::message)
                                    .asString()
                                    .contains("the connection broke", "read by SCAN"));
            assertSame(source, target, keys);
            assertNothingOfOurs(source, target);
        }
    }

    @Test
    void failsWhenItIsCutAndNoOtherWayWillDo() throws Exception {
        try (RedisServer source = ServerOf.start(folder, RedisRelease.REDIS_6_2);
                RedisServer target = ServerOf.start(folder, RedisRelease.REDIS_6_2);
                CutProxy proxy = new CutProxy(source.port(), 1 << 20)) {
            int keys = fillWithStrings(source);
            StoreUrl cut = StoreUrl.parse("redis://127.0.0.1:" + proxy.port() + FORCED);
            StoreUrl there = ServerOf.url(target);

            assertThatThrownBy(() -> engine.copy(cut, there, CopyOptions.unfenced(), Progress.SILENT))
                    .isInstanceOf(CopyFailed.class)
                    .hasMessageContaining("by replication")
                    .hasMessageContaining("the connection broke")
                    .hasMessageContaining("?read=replication");

            // The claim is of the proxy's address: what is half there is not another source's.
            empty(target);
            copy(source, target, FORCED);
            assertSame(source, target, keys);
        }
    }

    @Test
    void sendsWhatIsEqualAlreadyNoSecondTime() throws Exception {
        try (RedisServer source = ServerOf.start(folder, RedisRelease.REDIS_6_2);
                RedisServer target = ServerOf.start(folder, RedisRelease.REDIS_6_2)) {
            int keys = fillWithStrings(source);
            AtomicBoolean stopped = new AtomicBoolean();
            assertThatThrownBy(() -> engine.copy(
                            StoreUrl.parse(ServerOf.url(source).reveal() + FORCED),
                            ServerOf.url(target),
                            CopyOptions.unfenced().withJobs(1),
                            amount -> {
                                if (amount.items() > keys / 2) {
                                    stopped.set(true);
                                    throw new IllegalStateException("stopped");
                                }
                            }))
                    .hasMessage("stopped");
            try (RedisStore store = RedisStore.open(ServerOf.url(target))) {
                store.await(store.database(0).set(bytes("key 7"), bytes("another value")));
                store.await(store.database(0).set(bytes("extra"), bytes("of nobody")));
            }

            CopyOutcome outcome = copy(source, target, FORCED);

            assertThat(stopped).isTrue();
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            CopyOutcome.Copied.class,
                            copied -> assertThat(copied.items()).isLessThan(keys * 3L / 4));
            assertSame(source, target, keys);
        }
    }

    @Test
    void refusesAnotherWayToReadThanThereIs() throws Exception {
        try (RedisServer source = ServerOf.start(folder, RedisRelease.REDIS_6_2);
                RedisServer target = ServerOf.start(folder, RedisRelease.REDIS_6_2)) {
            fillWithStrings(source);
            assertThatThrownBy(() -> copy(source, target, "?read=psync"))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("?read= is 'psync'")
                    .hasMessageContaining("write ?read=scan or ?read=replication");
            try (RedisStore store = RedisStore.open(ServerOf.url(target))) {
                assertThat(store.keysByDatabase()).isEmpty();
            }
        }
    }

    private CopyOutcome copy(RedisServer source, RedisServer target, String how) {
        return engine.copy(
                StoreUrl.parse(ServerOf.url(source).reveal() + how),
                ServerOf.url(target),
                CopyOptions.unfenced(),
                Progress.SILENT);
    }

    private static int fill(RedisServer server, RedisRelease release) {
        try (RedisStore store = RedisStore.open(ServerOf.url(server))) {
            new EveryEncoding(store).write();
            // Larger than what is held at once, and no compression makes it smaller.
            byte[] random = new byte[9 << 20];
            new Random(3).nextBytes(random);
            store.await(store.database(1).set(bytes("larger than a batch"), random));
            store.await(store.database(1).pexpire(bytes("larger than a batch"), Duration.ofHours(5)));
            store.await(store.database(0).set(bytes("a key that is compressed ".repeat(40)), bytes("1")));
            if (release == RedisRelease.REDIS_8_0) {
                store.await(store.database(0).hset(bytes("fields"), bytes("f"), bytes("v")));
                store.await(store.database(0).hpexpire(bytes("fields"), Duration.ofHours(1), bytes("f")));
            }
            return keys(store);
        }
    }

    private static int fillWithStrings(RedisServer server) {
        try (RedisStore store = RedisStore.open(ServerOf.url(server))) {
            Random random = new Random(5);
            byte[] value = new byte[500];
            store.shared(0)
                    .all(commands -> java.util.stream.IntStream.range(0, 20_000)
                            .mapToObj(i -> {
                                random.nextBytes(value);
                                return commands.set(bytes("key " + i), value.clone());
                            })
                            .toList());
            return keys(store);
        }
    }

    private static int keys(RedisStore store) {
        return store.keysByDatabase().values().stream().mapToInt(Long::intValue).sum();
    }

    private void assertSame(RedisServer source, RedisServer target, int keys) {
        assertThat(engine.compare(ServerOf.url(source), ServerOf.url(target), Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Same.class, same -> assertThat(same.items()).isEqualTo(keys));
    }

    private static void assertNothingOfOurs(RedisServer source, RedisServer target) {
        try (RedisStore from = RedisStore.open(ServerOf.url(source));
                RedisStore to = RedisStore.open(ServerOf.url(target))) {
            Await.until(() -> "0".equals(from.info("replication").get("connected_slaves")));
            assertThat(to.keysByDatabase()).isEqualTo(from.keysByDatabase());
            for (RedisStore store : List.of(from, to)) {
                assertThat(store.await(store.database(0).keys("*slipway*"))).isEmpty();
            }
        }
    }

    private static void empty(RedisServer server) {
        try (RedisStore store = RedisStore.open(ServerOf.url(server))) {
            store.await(store.database(0).flushall());
        }
    }

    private static int asked(RedisServer server, String command) {
        try (RedisStore store = RedisStore.open(ServerOf.url(server))) {
            String calls = store.info("commandstats").get("cmdstat_" + command);
            return calls == null ? 0 : Integer.parseInt(calls.replaceFirst("calls=(\\d+),.*", "$1"));
        }
    }
}
