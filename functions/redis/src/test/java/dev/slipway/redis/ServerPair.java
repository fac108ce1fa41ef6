package dev.slipway.redis;

import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisServer;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real source, which its own admin runs, and a real target on which a user may do no more than a managed service allows. */
final class ServerPair implements AutoCloseable {
    private static final String MANAGED =
            "user app on >t4rget ~* &* +@all -config -debug -sync -psync -replicaof -slaveof"
                    + " -migrate -save -bgsave -bgrewriteaof -shutdown -module -cluster";

    /** What tests change, as it was. */
    private static final Map<String, String> SETTINGS = Map.of(
            "min-replicas-to-write", "0",
            "masterauth", "",
            "maxmemory", "0",
            "maxmemory-policy", "noeviction",
            "rdbcompression", "yes",
            "hash-max-ziplist-entries", "512",
            "zset-max-ziplist-entries", "128");

    private final Path folder;
    RedisServer sourceServer;
    final RedisServer targetServer;

    ServerPair(Path folder) throws IOException {
        this.folder = folder;
        this.sourceServer = start("source", "requirepass s0urce");
        this.targetServer = start("target", MANAGED);
    }

    RedisServer start(String name, String... configuration) throws IOException {
        List<String> lines = new java.util.ArrayList<>(List.of(configuration));
        lines.add("save \"\"");
        return RedisServer.start(new RedisServer.Place(
                Path.of("target", "servers"), folder.resolve(name), folder.resolve("pids"), "127.0.0.1", 0, lines));
    }

    StoreUrl source() {
        return StoreUrl.parse("redis://:s0urce@127.0.0.1:" + sourceServer.port());
    }

    StoreUrl target() {
        return StoreUrl.parse("redis://app:t4rget@127.0.0.1:" + targetServer.port() + "/0");
    }

    /** The target's own superuser, which no product code uses. */
    StoreUrl targetAdmin() {
        return StoreUrl.parse("redis://127.0.0.1:" + targetServer.port());
    }

    void empty() {
        for (StoreUrl url : List.of(source(), targetAdmin())) {
            try (RedisStore store = RedisStore.open(url)) {
                SETTINGS.forEach((name, value) -> configure(store, name, value));
                store.await(store.database(0).flushall());
            }
        }
    }

    /** One at a time: more are understood from Redis 7 on. */
    static void configure(RedisStore store, String name, String value) {
        store.await(store.database(0).configSet(name, value));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static RedisClusterAsyncCommands<byte[], byte[]> zero(RedisStore store) {
        return store.database(0);
    }

    @Override
    public void close() {
        sourceServer.close();
        targetServer.close();
    }
}
