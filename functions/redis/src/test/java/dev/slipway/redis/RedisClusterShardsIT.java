package dev.slipway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardWorkers;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.redis.fence.FenceMark;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisCluster;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster copied to a cluster by several workers, whose servers' owner has fenced them as a single one is fenced. */
class RedisClusterShardsIT {
    private static final FenceToken FENCE = new FenceToken("shop", 1);
    private static final int KEYS = 3_000;

    @TempDir
    Path folder;

    private final RedisEngine engine = new RedisEngine();

    @Test
    void readsEachSlotOfEachServerOnceAndLosesAWorker() throws Exception {
        try (RedisCluster from = RedisCluster.start(place("from"), 3);
                RedisCluster to = RedisCluster.start(place("to"), 3)) {
            StoreUrl source = url(from);
            StoreUrl target = url(to);
            try (RedisStore store = RedisStore.open(source)) {
                new EveryType(store).write(KEYS / 6, 1);
            }
            from.nodes().forEach(RedisClusterShardsIT::fence);
            ShardWorkers workers = new ShardWorkers(engine, source, target, CopyOptions::under);

            List<Shard> shards = workers.cut(FENCE, 2);

            assertThat(shards).hasSize(6);
            assertThat(shards.stream().flatMap(shard -> shard.pieces().stream()))
                    .as("keys lie about evenly, so hardly a shard reads two servers")
                    .hasSizeBetween(6, 8);
            workers.lose(FENCE, shards.getFirst(), amount -> amount.items() > 100);
            assertThat(workers.copyAtOnce(FENCE, shards).stream()
                            .mapToLong(CopyOutcome.Copied::items)
                            .sum())
                    .isEqualTo(KEYS);
            assertThat(restored(to)).isEqualTo(KEYS);

            assertThat(workers.cut(FENCE, 2)).as("all is there").isEmpty();
            assertThatThrownBy(() -> workers.copy(FENCE, shards.getFirst())).isInstanceOf(StaleAttempt.class);

            assertThat(engine.copy(source, target, FENCE, Progress.SILENT)).isInstanceOf(CopyOutcome.Skipped.class);
            assertThat(restored(to)).isEqualTo(KEYS);
            try (RedisStore store = RedisStore.open(target)) {
                assertThat(store.keysByDatabase()).containsValue((long) KEYS);
                assertThat(store.await(store.database(0).exists(OurKeys.claim())))
                        .isZero();
            }
        }
    }

    /** How many keys were written, by what the servers count. */
    private static long restored(RedisCluster cluster) {
        long restored = 0;
        for (RedisServer node : cluster.nodes()) {
            try (RedisStore store = RedisStore.open(url(node))) {
                List<Long> numbers = new ArrayList<>();
                for (String each : store.info("commandstats")
                        .getOrDefault("cmdstat_restore", "calls=0,failed_calls=0")
                        .split(",", -1)) {
                    if (each.startsWith("calls=") || each.startsWith("failed_calls=")) {
                        numbers.add(Long.valueOf(each.substring(each.indexOf('=') + 1)));
                    }
                }
                restored += numbers.getFirst() - numbers.getLast();
            }
        }
        return restored;
    }

    private static void fence(RedisServer node) {
        try (RedisStore store = RedisStore.open(url(node))) {
            FenceMark mark = new FenceMark(FENCE.app(), FENCE.attempt(), "once", Map.of());
            store.await(store.server(0).configSet("masterauth", mark.text()));
            store.await(store.server(0).configSet("min-replicas-max-lag", "10"));
            store.await(store.server(0).configSet("min-replicas-to-write", "1000000"));
        }
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

    private static StoreUrl url(RedisCluster cluster) {
        return url(cluster.nodes().getLast());
    }

    private static StoreUrl url(RedisServer server) {
        return StoreUrl.parse("redis://127.0.0.1:" + server.port());
    }
}
