package dev.slipway.local.sample;

import dev.slipway.migration.StoreUrl;
import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real Postgres, a real Redis and a folder for a test. */
public record Stores(PostgresServer postgres, RedisServer redis, Path media) implements AutoCloseable {
    private static final Path CACHE = Path.of("target", "servers");

    public static Stores start(Path folder) throws IOException {
        PostgresServer postgres = PostgresLaunch.in(CACHE.resolve("postgres"), folder.resolve("postgres"))
                .start();
        RedisServer redis = RedisServer.start(new RedisServer.Place(
                CACHE, folder.resolve("redis"), folder.resolve("pids"), "127.0.0.1", 0, List.of("save \"\"")));
        return new Stores(postgres, redis, Files.createDirectories(folder.resolve("media")));
    }

    public StoreUrl postgresUrl() {
        return StoreUrl.parse(postgres.url("postgres"));
    }

    public StoreUrl redisUrl() {
        return StoreUrl.parse("redis://" + redis.address() + ":" + redis.port() + "/0");
    }

    /** What the communication service is told, on a free port of 127.0.0.1 unless {@code more} says otherwise. */
    Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SERVICE",
                "communication",
                "HOST",
                "127.0.0.1",
                "PORT",
                "0",
                "DATABASE_URL",
                postgres.url("postgres"),
                "REDIS_URL",
                redisUrl().reveal(),
                "MEDIA_DIR",
                media.toString()));
        environment.putAll(more);
        return environment;
    }

    @Override
    public void close() {
        redis.close();
        postgres.close();
    }
}
