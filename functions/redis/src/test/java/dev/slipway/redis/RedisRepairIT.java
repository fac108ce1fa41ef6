package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Repair;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisRepairIT {
    @TempDir
    static Path folder;

    private final RedisEngine engine = new RedisEngine();
    private RedisServer sourceServer;
    private RedisServer targetServer;
    private StoreUrl source;
    private StoreUrl target;

    @BeforeEach
    void copyEveryEncoding() throws Exception {
        sourceServer = ServerOf.start(folder, RedisRelease.REDIS_6_2);
        targetServer = ServerOf.start(folder, RedisRelease.REDIS_7_0);
        source = ServerOf.url(sourceServer);
        target = ServerOf.url(targetServer);
        on(source, store -> {
            new EveryEncoding(store).write();
            return true;
        });
        engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT);
    }

    @AfterEach
    void stop() {
        sourceServer.close();
        targetServer.close();
    }

    @Test
    void replacesWhatDiffersAndNothingElse() {
        byte[] untouched = bytes("hashtable");
        on(target, store -> store.await(store.database(0).hset(untouched, bytes("long"), new byte[1_000])));
        on(target, store -> store.await(store.database(0).hdel(untouched, bytes("long"))));
        String changes = changes(source);
        Set<String> changed = Mutations.make(target);

        Repair repair = engine.repair(source, target, Progress.SILENT);

        assertThat(repair.after()).isInstanceOf(Comparison.Same.class);
        assertThat(repair.done()).containsExactly(new Repair.Mended("database 0", 1, changed.size() - 1));
        assertThat(repair.left()).isEmpty();
        assertThat(changes(source)).as("the source is only read").isEqualTo(changes);
        assertThat(keys(target)).isEqualTo(keys(source));
    }

    @Test
    void changesNothingWhereBothAreTheSame() {
        String changes = changes(target);
        Repair repair = engine.repair(source, target, Progress.SILENT);
        assertThat(repair.after()).isInstanceOf(Comparison.Same.class);
        assertThat(repair.done()).isEmpty();
        assertThat(changes(target)).isEqualTo(changes);
    }

    @Test
    void takesAwayWhatAKilledRepairLeft() {
        byte[] half = OurKeys.half(bytes("list"));
        on(target, store -> store.await(store.database(0).rpush(half, bytes("a"))));
        on(target, store -> store.await(store.database(0).del(bytes("list"))));
        assertThat(engine.repair(source, target, Progress.SILENT).after()).isInstanceOf(Comparison.Same.class);
        assertThat(keys(target)).isEqualTo(keys(source));
    }

    @Test
    void refusesWhileACopyIsNotFinishedAndCompareSaysSo() {
        on(target, store -> store.await(store.database(0).hset(OurKeys.claim(), bytes("id"), bytes("1"))));
        assertThatThrownBy(() -> engine.repair(source, target, Progress.SILENT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("a copy to it was not finished");
        assertThat(engine.compare(source, target, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Same.class,
                        same -> assertThat(same.findings())
                                .singleElement()
                                .satisfies(
                                        finding -> assertThat(finding.message()).contains("was not finished")));
        on(target, store -> store.await(store.database(0).del(bytes("list"))));
        assertThat(engine.compare(source, target, Progress.SILENT))
                .isInstanceOfSatisfying(Comparison.Different.class, different -> {
                    assertThat(different.total()).isEqualTo(1);
                    assertThat(different.first()).hasSize(2);
                    assertThat(different.first().getFirst().detail()).contains("was not finished");
                });
    }

    @Test
    void saysInOneLineWhatTheTargetRefused() {
        on(target, store -> store.await(store.database(0).del(bytes("list"))));
        engine.fence(target, new FenceToken("shop", 1));
        assertThatThrownBy(() -> engine.repair(source, target, Progress.SILENT))
                .isInstanceOf(CopyFailed.class)
                .hasMessageContaining("repair redis://127.0.0.1")
                .hasMessageContaining("NOREPLICAS")
                .hasMessageNotContaining("\n");
    }

    private static Map<Integer, Long> keys(StoreUrl url) {
        return on(url, RedisStore::keysByDatabase);
    }

    private static String changes(StoreUrl url) {
        return on(url, store -> store.info("persistence").get("rdb_changes_since_last_save"));
    }

    private static <T> T on(StoreUrl url, Function<RedisStore, T> work) {
        try (RedisStore store = RedisStore.open(url)) {
            return work.apply(store);
        }
    }
}
