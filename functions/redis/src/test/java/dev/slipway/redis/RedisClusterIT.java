package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisCluster;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters of three servers, as target and as source. */
class RedisClusterIT {
    private static final int KEYS = 300 * 6 + 6;

    @TempDir
    Path folder;

    private final RedisEngine engine = new RedisEngine();

    @Test
    void copiesToAClusterAndBack() throws Exception {
        try (RedisServer single = RedisServer.start(place("single"));
                RedisServer back = RedisServer.start(place("back"));
                RedisCluster cluster = RedisCluster.start(place("cluster"), 3)) {
            StoreUrl nodes = url(cluster.nodes().get(1));
            try (RedisStore store = RedisStore.open(url(single))) {
                new EveryType(store).write(300, 1);
                new EveryType(store).writeLarge();
            }

            assertThat(copy(url(single), nodes)).isInstanceOf(CopyOutcome.Copied.class);
            assertSame(url(single), nodes);
            try (RedisStore store = RedisStore.open(nodes)) {
                assertThat(store.isCluster()).isTrue();
                assertThat(store.keysByDatabase()).containsOnlyKeys(0).containsValue((long) KEYS);
                assertThat(store.await(store.database(0).exists(OurKeys.claim())))
                        .isZero();
            }

            assertThat(copy(nodes, url(back))).isInstanceOf(CopyOutcome.Copied.class);
            assertSame(nodes, url(back));
        }
    }

    @Test
    void copiesOneOfSeveralDatabasesToACluster() throws Exception {
        try (RedisServer single = RedisServer.start(place("single"));
                RedisCluster cluster = RedisCluster.start(place("cluster"), 3)) {
            try (RedisStore store = RedisStore.open(url(single))) {
                store.await(store.database(5).set(bytes("key"), bytes("value")));
            }
            StoreUrl five = StoreUrl.parse(url(single).reveal() + "/5?db=only");

            copy(five, url(cluster.nodes().getFirst()));

            assertThat(engine.compare(five, url(cluster.nodes().getFirst()), Progress.SILENT))
                    .isInstanceOf(Comparison.Same.class);
        }
    }

    @Test
    void findsWhatChangesInAClusterAndRepairsIt() throws Exception {
        try (RedisServer single = ServerOf.start(folder, RedisRelease.REDIS_7_0);
                RedisCluster one = ServerOf.cluster(folder, RedisRelease.REDIS_7_0);
                RedisCluster other = ServerOf.cluster(folder, RedisRelease.REDIS_6_2)) {
            try (RedisStore store = RedisStore.open(url(single))) {
                new EveryEncoding(store).write();
            }
            StoreUrl source = StoreUrl.parse(url(single).reveal() + "/0?db=only");
            StoreUrl first = url(one.nodes().get(2));
            StoreUrl second = url(other.nodes().get(1));
            copy(source, first);
            copy(first, second);
            for (StoreUrl from : List.of(source, first)) {
                assertThat(engine.compare(from, second, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
                Set<String> changed = Mutations.make(second);
                assertDiffer(from, second, changed);
                assertDiffer(second, from, changed);
                assertThat(engine.repair(from, second, Progress.SILENT).after()).isInstanceOf(Comparison.Same.class);
            }
            try (RedisStore there = RedisStore.open(second);
                    RedisStore here = RedisStore.open(first)) {
                assertThat(there.keysByDatabase()).isEqualTo(here.keysByDatabase());
            }
        }
    }

    private void assertDiffer(StoreUrl source, StoreUrl target, Set<String> keys) {
        assertThat(engine.compare(source, target, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.first())
                                .extracting(Difference::item)
                                .containsExactlyInAnyOrderElementsOf(keys));
    }

    private CopyOutcome copy(StoreUrl source, StoreUrl target) {
        return engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT);
    }

    private void assertSame(StoreUrl source, StoreUrl target) {
        assertThat(engine.compare(source, target, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Same.class, same -> assertThat(same.items()).isEqualTo(KEYS));
    }

    private RedisServer.Place place(String name) throws IOException {
        return new RedisServer.Place(
                Path.of("target", "servers"),
                folder.resolve(name),
                folder.resolve("pids"),
                "127.0.0.1",
                0,
                List.of("save \"\""));
    }

    private static StoreUrl url(RedisServer server) {
        return StoreUrl.parse("redis://127.0.0.1:" + server.port());
    }
}
