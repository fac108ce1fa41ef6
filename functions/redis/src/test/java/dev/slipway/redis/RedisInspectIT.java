package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Detail;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Severity;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisCluster;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import io.lettuce.core.SetArgs;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisInspectIT {
    private static final String MAY_NOT_REPLICATE = "user app on >t4rget ~* &* +@all -psync -sync -config";

    @TempDir
    static Path folder;

    private final RedisEngine engine = new RedisEngine();

    @Test
    void tellsWhatAServerIsAndHolds() throws Exception {
        try (RedisServer server = ServerOf.start(
                folder, RedisRelease.REDIS_7_0, "maxmemory 500mb", "maxmemory-policy allkeys-lru", MAY_NOT_REPLICATE)) {
            fill(ServerOf.url(server));
            Inspection found = engine.inspect(ServerOf.url(server));

            assertThat(found.items()).isEqualTo(5);
            assertThat(found.empty()).isFalse();
            Map<String, Object> details = found.details().values();
            assertThat(details)
                    .containsEntry("role", "primary")
                    .containsEntry("dumpVersion", 10)
                    .containsEntry("replication", "allowed")
                    .containsEntry("evictionPolicy", "allkeys-lru")
                    .containsEntry("expiring", 1L)
                    .containsEntry("keysByType", Map.of("string", 3L, "hash", 1L, "stream", 1L))
                    .containsEntry("surveyed", Map.of("keys", 5L, "whole", true))
                    .containsEntry("functionLibraries", List.of("lib"))
                    .containsEntry("cachedScripts", 1L)
                    .containsEntry("users", List.of("app", "default"))
                    .containsEntry(
                            "databases",
                            List.of(
                                    Map.of("database", 0, "keys", 4L, "expiring", 1L),
                                    Map.of("database", 3, "keys", 1L, "expiring", 0L)));
            assertThat(String.valueOf(details.get("largest"))).startsWith("[{key=db0:large, type=string, bytes=");
            assertThat(String.valueOf(details.get("memory"))).endsWith("limit=524288000}");
            assertThat(found.findings())
                    .extracting(Finding::subject)
                    .containsExactlyInAnyOrder("databases", "eviction", "scripts", "functions", "users");
            assertThat(found.details().all())
                    .extracting(Detail::text)
                    .contains("all 5 keys", "0 (4 keys), 3 (1 keys)", "1 of 5 keys (20 %)");
        }
    }

    @ParameterizedTest
    @CsvSource({"REDIS_6_2", "REDIS_7_0"})
    void tellsWhoMayNotReadAsAReplicaDoes(RedisRelease release) throws Exception {
        try (RedisServer server = ServerOf.start(folder, release, MAY_NOT_REPLICATE)) {
            StoreUrl app = StoreUrl.parse("redis://app:t4rget@127.0.0.1:" + server.port());
            assertThat(engine.inspect(app).details().values()).containsEntry("replication", "refused");
            assertThat(engine.inspect(app).findings())
                    .extracting(Finding::subject)
                    .contains("replication");
            assertThat(engine.inspect(ServerOf.url(server)).details().values()).containsEntry("replication", "allowed");
            assertThat(info(server, "replication")).containsEntry("connected_slaves", "0");
        }
    }

    @Test
    void tellsThatPsyncWasRenamed() throws Exception {
        try (RedisServer server = ServerOf.start(folder, RedisRelease.REDIS_6_2, "rename-command PSYNC \"\"")) {
            assertThat(engine.inspect(ServerOf.url(server)).details().values()).containsEntry("replication", "refused");
        }
    }

    @Test
    @Tag("battery")
    void tellsTheVersionOfDumpsOfEachRelease() throws Exception {
        Map<RedisRelease, Integer> versions = Map.of(
                RedisRelease.REDIS_5_0, 9,
                RedisRelease.REDIS_6_2, 9,
                RedisRelease.REDIS_7_0, 10,
                RedisRelease.REDIS_8_0, 12,
                RedisRelease.VALKEY_8_1, 11);
        for (RedisRelease release : RedisRelease.values()) {
            try (RedisServer server = ServerOf.start(folder, release)) {
                StoreUrl url = ServerOf.url(server);
                assertThat(engine.inspect(url).details().values())
                        .containsEntry("dumpVersion", versions.get(release))
                        .containsEntry("replication", "allowed");
                with(url, store -> store.await(store.database(0).set(bytes("k"), bytes("v"))));
                assertThat(engine.inspect(url).details().values())
                        .as("by a dump")
                        .containsEntry("dumpVersion", versions.get(release));
            }
        }
    }

    @Test
    void namesWhatTheTargetDoesNotTake() throws Exception {
        try (RedisServer source = ServerOf.start(folder, RedisRelease.REDIS_7_0);
                RedisServer target = ServerOf.start(
                        folder,
                        RedisRelease.REDIS_6_2,
                        "databases 2",
                        "maxmemory-policy volatile-random",
                        "user app on >t4rget ~* &* +@all -restore")) {
            fill(ServerOf.url(source));
            with(ServerOf.url(target), store -> {
                store.await(store.database(0).set(bytes("old"), bytes("1")));
                store.await(store.database(0).configSet("maxmemory", "600000"));
            });

            List<Finding> findings = engine.between(
                    ServerOf.url(source), StoreUrl.parse("redis://app:t4rget@127.0.0.1:" + target.port()));

            assertThat(of(findings, Severity.BLOCKER))
                    .containsExactlyInAnyOrder("databases", "the target", "memory", "rights");
            assertThat(of(findings, Severity.WARNING)).containsExactlyInAnyOrder("versions", "eviction");
            assertThat(findings)
                    .extracting(Finding::message)
                    .anySatisfy(message -> assertThat(message).contains("version 10", "takes up to 9"));
            assertThat(engine.between(ServerOf.url(source), ServerOf.url(source)))
                    .extracting(Finding::subject)
                    .containsExactly("the target");
        }
    }

    @Test
    void findsNothingBetweenAServerAndAnEmptyOneOfTheSameKind() throws Exception {
        try (RedisServer source = ServerOf.start(folder, RedisRelease.REDIS_7_0);
                RedisServer target = ServerOf.start(folder, RedisRelease.REDIS_7_0)) {
            fill(ServerOf.url(source));
            assertThat(engine.between(ServerOf.url(source), ServerOf.url(target)))
                    .isEmpty();
            assertThat(info(target, "keyspace")).isEmpty();
        }
    }

    @Test
    void findsThatTheTargetIsAReplica() throws Exception {
        try (RedisServer source = ServerOf.start(folder, RedisRelease.REDIS_7_0);
                RedisServer target =
                        ServerOf.start(folder, RedisRelease.REDIS_7_0, "replicaof 127.0.0.1 " + source.port())) {
            assertThat(of(engine.between(ServerOf.url(source), ServerOf.url(target)), Severity.BLOCKER))
                    .contains("the target");
        }
    }

    @Test
    void findsThatAClusterHasOneDatabaseOnly() throws Exception {
        try (RedisServer source = ServerOf.start(folder, RedisRelease.REDIS_7_0);
                RedisCluster target = ServerOf.cluster(folder, RedisRelease.REDIS_7_0)) {
            fill(ServerOf.url(source));
            StoreUrl cluster = ServerOf.url(target.nodes().getFirst());
            assertThat(of(engine.between(ServerOf.url(source), cluster), Severity.BLOCKER))
                    .containsExactly("databases");
            assertThat(engine.inspect(cluster).details().all())
                    .extracting(Detail::text)
                    .contains("3 primaries, 16384 slots, state ok");
        }
    }

    @Test
    void tellsWhatAClusterHoldsAndEachOfItsServers() throws Exception {
        try (RedisCluster cluster =
                ServerOf.cluster(folder, RedisRelease.REDIS_7_0, "maxmemory 100mb", "maxmemory-policy allkeys-lru")) {
            StoreUrl url = ServerOf.url(cluster.nodes().get(1));
            with(url, store -> {
                for (int i = 0; i < 300; i++) {
                    store.await(store.database(0).set(bytes("key" + i), bytes("1")));
                }
                store.await(store.database(0).rpush(bytes("large list"), new byte[200_000]));
                store.await(store.database(0).pexpire(bytes("key7"), 7_200_000));
            });
            Inspection found = engine.inspect(url);
            assertThat(found.items()).isEqualTo(301);
            Map<String, Object> details = found.details().values();
            assertThat(details)
                    .containsEntry("surveyed", Map.of("keys", 301L, "whole", true))
                    .containsEntry("keysByType", Map.of("string", 300L, "list", 1L))
                    .containsEntry("expiring", 1L)
                    .containsEntry("databases", List.of(Map.of("database", 0, "keys", 301L, "expiring", 1L)));
            assertThat(String.valueOf(details.get("memory"))).endsWith("limit=" + 3 * 100 * 1024 * 1024 + "}");
            assertThat(String.valueOf(details.get("largest"))).startsWith("[{key=db0:large list, type=list, bytes=");
            assertThat(String.valueOf(details.get("shards")))
                    .contains("slots=5461, keys=", "slots=5462, keys=", "limit=104857600, replicas=0")
                    .doesNotContain("keys=0,");
            assertThat(of(found.findings(), Severity.BLOCKER)).containsExactly("cluster");
            assertThat(of(found.findings(), Severity.WARNING)).containsExactly("eviction");
        }
    }

    @Test
    @Tag("battery")
    void findsKeysOfAModuleThatTheTargetLacks() throws Exception {
        try (RedisServer source = ServerOf.start(folder, RedisRelease.REDIS_8_0);
                RedisServer target = ServerOf.start(folder, RedisRelease.REDIS_7_0)) {
            assertThat(of(engine.between(ServerOf.url(source), ServerOf.url(target)), Severity.WARNING))
                    .contains("modules");
            with(ServerOf.url(source), RedisInspectIT::addVector);
            assertThat(of(engine.between(ServerOf.url(source), ServerOf.url(target)), Severity.BLOCKER))
                    .containsExactly("modules");
            assertThat(engine.inspect(ServerOf.url(source)).details().values())
                    .containsEntry("keysByType", Map.of("vectorset", 1L));
        }
    }

    private static void fill(StoreUrl url) {
        with(url, store -> {
            store.await(store.database(0).set(bytes("large"), new byte[100_000]));
            store.await(store.database(0).set(bytes("soon"), bytes("1"), SetArgs.Builder.ex(10_000)));
            store.await(store.database(0).hset(bytes("hash"), bytes("field"), bytes("value")));
            store.await(store.database(0).xadd(bytes("stream"), bytes("field"), bytes("value")));
            store.await(store.database(3).set(bytes("other"), bytes("1")));
            store.await(store.database(0).scriptLoad("return 1"));
            store.await(store.database(0)
                    .functionLoad("#!lua name=lib\nredis.register_function('f', function() return 1 end)"));
        });
    }

    private static void addVector(RedisStore store) {
        ProtocolKeyword add = () -> bytes("VADD");
        store.await(store.database(0)
                .dispatch(
                        add,
                        new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                        new CommandArgs<>(ByteArrayCodec.INSTANCE)
                                .add("v")
                                .add("VALUES")
                                .add(2)
                                .add("1")
                                .add("2")
                                .add("element")));
    }

    private static Map<String, String> info(RedisServer server, String section) {
        try (RedisStore store = RedisStore.open(ServerOf.url(server))) {
            return store.info(section);
        }
    }

    private static List<String> of(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::subject)
                .toList();
    }

    private static void with(StoreUrl url, Consumer<RedisStore> work) {
        try (RedisStore store = RedisStore.open(url)) {
            work.accept(store);
        }
    }
}
