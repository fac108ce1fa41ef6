package dev.slipway.redis;

import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A source and a target for all tests of a class, which are empty when a test begins. */
abstract class WithServers {
    @TempDir
    static Path folder;

    static ServerPair servers;

    @BeforeAll
    static void startServers() throws IOException {
        servers = new ServerPair(folder);
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @BeforeEach
    void emptyServers() {
        servers.empty();
    }

    /** Works on the source as its owner. */
    static void source(Consumer<RedisStore> work) {
        with(servers.source(), work);
    }

    /** Works on the target as its owner. */
    static void target(Consumer<RedisStore> work) {
        with(servers.targetAdmin(), work);
    }

    private static void with(StoreUrl url, Consumer<RedisStore> work) {
        try (RedisStore store = RedisStore.open(url)) {
            work.accept(store);
        }
    }
}
