package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Severity;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisCluster;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several databases that become one, or others. */
class RedisMapIT {
    @TempDir
    private Path folder;

    private final RedisEngine engine = new RedisEngine();
    private RedisServer source;
    private RedisServer target;

    @BeforeEach
    void fill() throws Exception {
        source = ServerOf.start(folder, RedisRelease.REDIS_6_2);
        target = ServerOf.start(folder, RedisRelease.REDIS_6_2);
        with(ServerOf.url(source), store -> {
            new EveryType(store).write(50, 1);
            for (int i = 0; i < 100; i++) {
                store.await(store.database(3).set(bytes("session:" + i), bytes("v" + i)));
                store.await(store.database(7).rpush(bytes("queue:" + i), bytes("v" + i)));
            }
        });
    }

    @AfterEach
    void stop() {
        source.close();
        target.close();
    }

    @Test
    void putsAllDatabasesIntoTheOneThatAClusterHas() throws Exception {
        try (RedisCluster cluster = ServerOf.cluster(folder, RedisRelease.REDIS_6_2)) {
            StoreUrl node = ServerOf.url(cluster.nodes().get(1));
            assertThatThrownBy(() -> copy(node))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("?map=*:0");
            StoreUrl mapped = StoreUrl.parse(node.reveal() + "?map=*:0");
            assertThat(engine.between(ServerOf.url(source), node))
                    .extracting(Finding::subject)
                    .contains("databases");
            assertThat(engine.between(ServerOf.url(source), mapped))
                    .extracting(Finding::subject)
                    .doesNotContain("databases");
            copy(mapped);
            assertSame(mapped, 500);
            with(node, store -> assertThat(store.keysByDatabase()).containsExactly(Map.entry(0, 500L)));
            assertThat(copy(mapped)).isInstanceOf(CopyOutcome.Skipped.class);
            changeAndRepair(node, 0, mapped, 500);
        }
    }

    @Test
    void putsDatabasesWhereTheMapSaysAndLeavesTheOthersAlone() {
        with(ServerOf.url(target), store -> store.await(store.database(0).set(bytes("not ours"), bytes("1"))));
        StoreUrl mapped = StoreUrl.parse(ServerOf.url(target).reveal() + "?map=0:5,*:6");
        copy(mapped);
        assertSame(mapped, 500);
        with(
                ServerOf.url(target),
                store -> assertThat(store.keysByDatabase())
                        .containsExactly(Map.entry(0, 1L), Map.entry(5, 300L), Map.entry(6, 200L)));
        changeAndRepair(ServerOf.url(target), 6, mapped, 500);
    }

    @Test
    void goesOnWithAMappedCopyAndRemovesWhatNoDatabaseHas() {
        StoreUrl mapped = StoreUrl.parse(ServerOf.url(target).reveal() + "?map=*:2");
        assertThatThrownBy(() -> engine.copy(ServerOf.url(source), mapped, CopyOptions.unfenced(), amount -> {
                    if (amount.items() > 300) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        with(ServerOf.url(target), store -> store.await(store.database(2).set(bytes("left over"), bytes("1"))));
        copy(mapped);
        assertSame(mapped, 500);
        with(ServerOf.url(target), store -> assertThat(store.keysByDatabase()).containsExactly(Map.entry(2, 500L)));
    }

    @Test
    void namesKeysThatWouldMeetBeforeAnythingIsChanged() {
        with(ServerOf.url(source), store -> {
            for (int i = 0; i < 7; i++) {
                store.await(store.database(7).set(bytes("session:" + i), bytes("another")));
            }
        });
        StoreUrl mapped = StoreUrl.parse(ServerOf.url(target).reveal() + "?map=*:0");
        assertThat(engine.between(ServerOf.url(source), mapped))
                .as("told before a copy refuses it")
                .filteredOn(finding -> finding.severity() == Severity.BLOCKER)
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .startsWith("7 keys are in several databases that become one: db3:session:")
                .endsWith("and 2 more: rename one of each, or map these databases to different ones.");
        assertThat(engine.between(
                        ServerOf.url(source),
                        StoreUrl.parse(ServerOf.url(target).reveal() + "?map=0:0,3:1,7:0")))
                .isEmpty();
        assertThatThrownBy(() -> copy(mapped))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("7 keys are in several databases that become one: db3:session:")
                .hasMessageContaining(" and db7, ")
                .hasMessageContaining(" and 2 more");
        with(ServerOf.url(target), store -> assertThat(store.keysByDatabase()).isEmpty());
    }

    /** One key changed, one deleted, one too many. */
    private void changeAndRepair(StoreUrl url, int database, StoreUrl mapped, long keys) {
        with(url, store -> {
            store.await(store.database(database).set(bytes("session:1"), bytes("changed")));
            store.await(store.database(database).del(bytes("queue:2")));
            store.await(store.database(database).set(bytes("too many"), bytes("1")));
        });
        assertThat(engine.compare(ServerOf.url(source), mapped, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.first())
                                .extracting(Difference::side)
                                .containsExactlyInAnyOrder(Side.BOTH, Side.ONLY_SOURCE, Side.ONLY_TARGET));
        assertThat(engine.repair(ServerOf.url(source), mapped, Progress.SILENT).after())
                .isInstanceOf(Comparison.Same.class);
        assertSame(mapped, keys);
        with(
                url,
                store -> assertThat(store.await(store.database(database).exists(bytes("too many"))))
                        .isZero());
    }

    private CopyOutcome copy(StoreUrl url) {
        return engine.copy(ServerOf.url(source), url, CopyOptions.unfenced(), Progress.SILENT);
    }

    private void assertSame(StoreUrl url, long keys) {
        assertThat(engine.compare(ServerOf.url(source), url, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Same.class, same -> assertThat(same.items()).isEqualTo(keys));
    }

    private static void with(StoreUrl url, Consumer<RedisStore> work) {
        try (RedisStore store = RedisStore.open(url)) {
            work.accept(store);
        }
    }
}
