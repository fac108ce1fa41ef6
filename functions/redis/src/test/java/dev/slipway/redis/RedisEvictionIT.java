package dev.slipway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that remove keys when they are full, and say nothing. */
class RedisEvictionIT {
    private static final int KEYS = 100_000;
    private static final String FILL =
            "for i = 1, tonumber(ARGV[1]) do redis.call('SET', 'key ' .. i, string.rep('x', 500), 'EX', 7200) end";

    @TempDir
    private Path folder;

    private final RedisEngine engine = new RedisEngine();
    private RedisServer source;
    private RedisServer target;

    @BeforeEach
    void fill() throws Exception {
        source = ServerOf.start(folder, RedisRelease.REDIS_6_2);
        // By this policy no key of ours is removed, by whose absence a copy ends as well.
        target = ServerOf.start(folder, RedisRelease.REDIS_6_2, "maxmemory 8mb", "maxmemory-policy volatile-lru");
        new Onlooker(ServerOf.url(source)).ask("EVAL \"" + FILL + "\" 0 " + KEYS);
    }

    @AfterEach
    void stop() {
        source.close();
        target.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "replication"})
    void endACopyLongBeforeItHasSentAll(String read) {
        StoreUrl from = StoreUrl.parse(ServerOf.url(source).reveal() + "?read=" + read);
        StoreUrl to = ServerOf.url(target);

        assertThatThrownBy(() -> engine.copy(from, to, CopyOptions.unfenced().withJobs(2), Progress.SILENT))
                .isInstanceOf(CopyFailed.class)
                .hasMessageContaining("has removed")
                .hasMessageContaining("until it is done, empty it and copy again");

        assertThat(sent()).isBetween(5_000L, KEYS / 2L);
    }

    @Test
    void endTheCopyOfAShard() {
        FenceToken fence = new FenceToken("shop", 1);
        engine.fence(ServerOf.url(source), fence);
        ShardedCopy sharded = engine.sharded().orElseThrow();
        CopyOptions options = CopyOptions.under(fence).withJobs(2);
        List<Shard> shards;
        try (ShardedCopy.Held held = sharded.begin(ServerOf.url(source), ServerOf.url(target), options, 2)) {
            shards = held.shards();
        }

        assertThatThrownBy(() -> sharded.copy(
                        ServerOf.url(source), ServerOf.url(target), options, shards.getFirst(), Progress.SILENT))
                .isInstanceOf(CopyFailed.class)
                .hasMessageContaining("has removed");

        assertThat(sent()).isBetween(5_000L, KEYS / 2L - 10_000);
    }

    private long sent() {
        Onlooker onlooker = new Onlooker(ServerOf.url(target));
        return onlooker.calls("set") + onlooker.calls("restore");
    }
}
