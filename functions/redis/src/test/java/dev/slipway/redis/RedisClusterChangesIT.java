package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisCluster;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.SlotHash;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters whose servers come, go and hand slots over while they are copied or compared. */
@Tag("battery")
class RedisClusterChangesIT {
    private static final String FILL =
            "for i = 1, 250000 do redis.call('RPUSH', KEYS[1], string.format('%032d', i)) end";

    @TempDir
    private Path folder;

    private final RedisEngine engine = new RedisEngine();

    @Test
    void takesNoPieceOfAValueTwiceWhenAnAnswerIsLost() throws Exception {
        try (RedisServer single = ServerOf.start(folder, RedisRelease.REDIS_7_0);
                RedisCluster cluster = ServerOf.cluster(folder, RedisRelease.REDIS_7_0);
                DeafProxy proxy = DeafProxy.before(cluster.nodes().getFirst().port(), "RPUSH")) {
            announce(cluster, proxy.port());
            StoreUrl source = ServerOf.url(single);
            StoreUrl target = ServerOf.url(cluster.nodes().get(1));
            try (RedisStore store = RedisStore.open(source)) {
                store.await(store.database(0)
                        .<Long>eval(FILL, ScriptOutputType.INTEGER, new byte[][] {bytes(keyOfTheFirst(cluster))}));
            }
            assertThatThrownBy(() -> engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT))
                    .isInstanceOf(StoreUnreachable.class)
                    .hasMessageContaining("the connection broke");
            assertThat(proxy.hasStruck()).isTrue();
            engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT);
            assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        }
    }

    @Test
    void copiesAndComparesAllKeysOfAClusterWhoseSlotsAreMovedMeanwhile() throws Exception {
        try (RedisServer single = ServerOf.start(folder, RedisRelease.REDIS_7_0);
                RedisCluster cluster = ServerOf.cluster(folder, RedisRelease.REDIS_7_0);
                SlotMover mover = new SlotMover(cluster)) {
            StoreUrl source = ServerOf.url(cluster.nodes().get(1));
            StoreUrl target = ServerOf.url(single);
            try (RedisStore store = RedisStore.open(source)) {
                new EveryType(store).write(1_500, 1);
            }
            long keys = 1_500 * 6;
            engine.copy(source, target, CopyOptions.unfenced(), mover.exchanges(150, 150));
            assertThat(mover.awaitKeys()).isGreaterThan(50);
            assertThat(new Onlooker(target).keys()).isEqualTo(keys);
            assertSame(source, target, Progress.SILENT, keys);
            assertSame(source, target, mover.exchanges(150, 150), keys);
            assertThat(mover.awaitKeys()).isGreaterThan(50);
        }
    }

    @Test
    void copiesToAClusterWhoseSlotsAreMovedMeanwhile() throws Exception {
        try (RedisServer single = ServerOf.start(folder, RedisRelease.REDIS_7_0);
                RedisCluster cluster = ServerOf.cluster(folder, RedisRelease.REDIS_7_0);
                SlotMover mover = new SlotMover(cluster)) {
            StoreUrl source = ServerOf.url(single);
            StoreUrl target = ServerOf.url(cluster.nodes().get(1));
            try (RedisStore store = RedisStore.open(source)) {
                new EveryType(store).write(1_500, 1);
                for (int i = 0; i < 12; i++) {
                    store.await(store.database(0)
                            .<Long>eval(FILL, ScriptOutputType.INTEGER, new byte[][] {bytes("list" + i)}));
                }
            }
            long keys = 1_500 * 6 + 12;
            engine.copy(source, target, CopyOptions.unfenced(), mover.exchanges(20, 1_500));
            assertThat(mover.awaitKeys()).isGreaterThan(50);
            assertSame(source, target, Progress.SILENT, keys);
            try (RedisStore store = RedisStore.open(target)) {
                assertThat(store.keysByDatabase()).containsExactly(Map.entry(0, keys));
            }
        }
    }

    @Test
    void cannotTellOfAClusterOfWhichASlotIsOpen() throws Exception {
        try (RedisServer single = ServerOf.start(folder, RedisRelease.REDIS_7_0);
                RedisCluster cluster = ServerOf.cluster(folder, RedisRelease.REDIS_7_0);
                SlotMover mover = new SlotMover(cluster)) {
            mover.open(16_000);
            assertThat(engine.compare(ServerOf.url(cluster.nodes().getFirst()), ServerOf.url(single), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            Comparison.Unknown.class,
                            unknown -> assertThat(unknown.reason()).contains("slots of the cluster were moved"));
        }
    }

    private void assertSame(StoreUrl source, StoreUrl target, Progress progress, long keys) {
        assertThat(engine.compare(source, target, progress))
                .isInstanceOfSatisfying(
                        Comparison.Same.class, same -> assertThat(same.items()).isEqualTo(keys));
    }

    /** Lets every node tell that the first is to be found there: a client asks them all, and may believe any. */
    private static void announce(RedisCluster cluster, int port) {
        new Onlooker(ServerOf.url(cluster.nodes().getFirst())).ask("CONFIG SET cluster-announce-port " + port);
        for (RedisServer node : cluster.nodes()) {
            Onlooker onlooker = new Onlooker(ServerOf.url(node));
            Await.until(() -> onlooker.ask("CLUSTER SLOTS").contains(":" + port + "\r\n"));
        }
    }

    private static String keyOfTheFirst(RedisCluster cluster) {
        int slots = SlotHash.SLOT_COUNT / cluster.nodes().size();
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "list" + i)
                .filter(key -> SlotHash.getSlot(key) < slots)
                .findFirst()
                .orElseThrow();
    }
}
