package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every release to every release, up and down: all that a server can hold arrives, and what is changed afterwards is found. */
@Tag("battery")
class RedisVersionsIT {
    @TempDir
    static Path folder;

    private static final Map<RedisRelease, RedisServer> SOURCES = new EnumMap<>(RedisRelease.class);
    private static final Map<RedisRelease, RedisServer> TARGETS = new EnumMap<>(RedisRelease.class);

    private final RedisEngine engine = new RedisEngine();

    @AfterAll
    static void stop() {
        Stream.of(SOURCES, TARGETS)
                .flatMap(servers -> servers.values().stream())
                .forEach(RedisServer::close);
        SOURCES.clear();
        TARGETS.clear();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(RedisRelease.values())
                .flatMap(from -> Stream.of(RedisRelease.values()).map(to -> Arguments.of(from, to)));
    }

    static Stream<Arguments> pairsWithFences() {
        return pairs().filter(pair -> pair.get()[0] != RedisRelease.REDIS_5_0);
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @MethodSource("pairs")
    void copiesEveryEncodingAndFindsWhatChangesAfterwards(RedisRelease from, RedisRelease to) throws Exception {
        StoreUrl source = source(from);
        StoreUrl target = emptied(to);
        assertThat(engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Copied.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);

        Set<String> changed = Mutations.make(target);

        assertThat(engine.compare(source, target, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.first())
                                .extracting(Difference::item)
                                .containsExactlyInAnyOrderElementsOf(changed));
    }

    /** None writes all types as another does. The first copy of one that cannot be fenced leaves nothing to go on with. */
    @ParameterizedTest(name = "from {0} to {1}")
    @MethodSource("pairsWithFences")
    void sendsNothingTheSecondTime(RedisRelease from, RedisRelease to) throws Exception {
        StoreUrl source = source(from);
        StoreUrl target = emptied(to);
        FenceToken token = new FenceToken("shop", 1);
        engine.fence(source, token);
        try {
            assertThat(engine.copy(source, target, token, Progress.SILENT)).isInstanceOf(CopyOutcome.Copied.class);
            assertThat(engine.copy(source, target, token, Progress.SILENT)).isInstanceOf(CopyOutcome.Skipped.class);
        } finally {
            engine.unfence(source, token);
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsWhenFieldsOfHashesGo(RedisRelease to) throws Exception {
        try (RedisServer server = ServerOf.start(folder, RedisRelease.REDIS_8_0);
                RedisStore from = RedisStore.open(ServerOf.url(server))) {
            StoreUrl source = ServerOf.url(server);
            StoreUrl target = emptied(to);
            for (byte[] key : List.of(bytes("fields"), bytes("as they were"), bytes("many fields"))) {
                for (int i = 0; i < (key.length == 11 ? 2_000 : 3); i++) {
                    from.await(from.database(0).hset(key, bytes("f" + i), bytes("v" + i)));
                }
                from.await(from.database(0).hpexpire(key, Duration.ofHours(1), bytes("f1"), bytes("f2")));
            }
            engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT);
            Comparison compared = engine.compare(source, target, Progress.SILENT);
            if (to != RedisRelease.REDIS_8_0) {
                assertThat(compared).isInstanceOfSatisfying(Comparison.Different.class, different -> {
                    assertThat(different.total()).isEqualTo(3);
                    assertThat(different.first().getFirst().detail())
                            .contains("field f", "expires at", "never", "cannot let fields expire");
                });
                return;
            }
            assertThat(compared).isInstanceOf(Comparison.Same.class);
            try (RedisStore there = RedisStore.open(target)) {
                there.await(there.database(0).hpersist(bytes("fields"), bytes("f2")));
                there.await(there.database(0).hpexpire(bytes("many fields"), Duration.ofMinutes(59), bytes("f1")));
            }
            assertThat(engine.compare(source, target, Progress.SILENT))
                    .isInstanceOfSatisfying(
                            Comparison.Different.class,
                            different -> assertThat(different.first())
                                    .extracting(Difference::item)
                                    .containsExactlyInAnyOrder("db0:fields", "db0:many fields"));
        }
    }

    private static StoreUrl source(RedisRelease release) throws IOException {
        RedisServer running = SOURCES.get(release);
        if (running == null) {
            running = ServerOf.start(folder, release);
            SOURCES.put(release, running);
            try (RedisStore store = RedisStore.open(ServerOf.url(running))) {
                new EveryEncoding(store).write();
            }
        }
        return ServerOf.url(running);
    }

    private static StoreUrl emptied(RedisRelease release) throws IOException {
        RedisServer running = TARGETS.get(release);
        if (running == null) {
            running = ServerOf.start(folder, release);
            TARGETS.put(release, running);
        }
        try (RedisStore store = RedisStore.open(ServerOf.url(running))) {
            store.await(store.database(0).flushall());
        }
        return ServerOf.url(running);
    }
}
