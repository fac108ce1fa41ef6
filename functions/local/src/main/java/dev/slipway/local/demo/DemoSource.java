package dev.slipway.local.demo;

import dev.slipway.local.Checkout;
import dev.slipway.local.RunFolder;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.StoreUrl;
import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The stores of the app before it moves: real Postgres, Redis and a folder, filled with the sample data. */
public final class DemoSource implements AutoCloseable {
    private static final String DATABASE = "crp_preschool";

    /** What such a server has acknowledged it holds after it has died, too. */
    private static final Map<String, String> LIVE =
            PostgresLaunch.with(Map.of("wal_level", "logical", "synchronous_commit", "on"));

    private final DemoSecrets secrets;
    private final PostgresLaunch launch;
    private final Path media;
    private volatile PostgresServer postgres;
    private volatile RedisServer redis;

    private DemoSource(
            DemoSecrets secrets, PostgresLaunch launch, PostgresServer postgres, RedisServer redis, Path media) {
        this.secrets = secrets;
        this.launch = launch;
        this.postgres = postgres;
        this.redis = redis;
        this.media = media;
    }

    /** Starts the servers and fills the stores. */
    static DemoSource start(Checkout checkout, RunFolder run, DemoSecrets secrets, SampleData data, boolean live)
            throws IOException, InterruptedException {
        PostgresLaunch launch = PostgresLaunch.in(
                        checkout.cache().resolve("postgres-15.18.0"),
                        run.source().resolve("postgres"))
                .login("postgres", secrets.postgres())
                .settings(live ? LIVE : PostgresLaunch.FAST)
                .database(DATABASE)
                .pids(run.pids());
        PostgresServer postgres = launch.start();
        RedisServer redis = RedisServer.start(new RedisServer.Place(
                checkout.cache(),
                run.source().resolve("redis"),
                run.pids(),
                "127.0.0.1",
                0,
                List.of(
                        "save \"\"",
                        "appendonly " + (live ? "yes" : "no"),
                        "appendfsync no",
                        "requirepass " + secrets.redis())));
        DemoSource source = new DemoSource(secrets, launch, postgres, redis, run.media());
        data.seed(source.postgresUrl(), source.redisUrl(), run.media());
        return source;
    }

    public StoreUrl postgresUrl() {
        return StoreUrl.parse(postgres.url(DATABASE));
    }

    public StoreUrl redisUrl() {
        return StoreUrl.parse("redis://:" + secrets.redis() + "@" + redis.address() + ":" + redis.port());
    }

    /** At once, as if its machine had been switched off. */
    void killPostgres() {
        postgres.kill();
    }

    /** At its port and with its data. */
    void revivePostgres() throws IOException {
        postgres = launch.at(postgres.address(), postgres.port()).start();
    }

    void killRedis() {
        redis.kill();
    }

    void reviveRedis() throws IOException {
        redis = redis.startAgain();
    }

    public Path media() {
        return media;
    }

    /** What the compose file's variables are, for its .env. */
    Map<String, String> environment() {
        return Map.of(
                "POSTGRES_PASSWORD", secrets.postgres(),
                "REDIS_PASSWORD", secrets.redis(),
                "JWT_SECRET", secrets.jwt(),
                "ENCRYPTION_KEY", secrets.encryption(),
                "GRAFANA_PASSWORD", secrets.grafana(),
                "POSTGRES_PORT", Integer.toString(postgres.port()),
                "REDIS_PORT", Integer.toString(redis.port()),
                "MEDIA_DIR", media.toString());
    }

    @Override
    public void close() {
        redis.close();
        postgres.close();
    }
}
