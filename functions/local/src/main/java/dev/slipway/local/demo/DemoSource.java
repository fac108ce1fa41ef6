package dev.slipway.local.demo;

import dev.slipway.local.Checkout;
import dev.slipway.local.RunFolder;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.StoreUrl;
import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stores of the app before it moves: real Postgres, real Redis and its files, filled with the sample data. */
public final class DemoSource implements AutoCloseable {
    /** What such a server has acknowledged it holds after it has died, too. */
    private static final Map<String, String> LIVE =
            PostgresLaunch.with(Map.of("wal_level", "logical", "synchronous_commit", "on"));

    private final SampleApp app;
    private final DemoSecrets secrets;
    private final PostgresLaunch launch;
    private final SourceObjects objects;
    private volatile PostgresServer postgres;
    private volatile RedisServer redis;

    private DemoSource(
            SampleApp app,
            DemoSecrets secrets,
            PostgresLaunch launch,
            PostgresServer postgres,
            RedisServer redis,
            SourceObjects objects) {
        this.app = app;
        this.secrets = secrets;
        this.launch = launch;
        this.postgres = postgres;
        this.redis = redis;
        this.objects = objects;
    }

    /** Starts the servers and fills the stores. */
    static DemoSource start(SampleApp app, Checkout checkout, RunFolder run, SampleData data, boolean live)
            throws IOException, InterruptedException {
        DemoSecrets secrets = DemoSecrets.random(app.secrets());
        PostgresLaunch launch = PostgresLaunch.in(
                        checkout.cache().resolve("postgres-15.18.0"),
                        run.source().resolve("postgres"))
                .login(app.login(), secrets.postgres())
                .settings(live ? LIVE : PostgresLaunch.FAST)
                .database(app.database())
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
        DemoSource source = new DemoSource(app, secrets, launch, postgres, redis, app.startObjects(checkout, run));
        app.seed(source, data);
        return source;
    }

    public StoreUrl postgresUrl() {
        return StoreUrl.parse(postgres.url(app.database()));
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

    /** Where its files are. */
    public SourceObjects objects() {
        return objects;
    }

    /** What the compose file's variables are, for its .env. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(secrets.values());
        environment.put("POSTGRES_PORT", Integer.toString(postgres.port()));
        environment.put("REDIS_PORT", Integer.toString(redis.port()));
        environment.putAll(objects.environment());
        return environment;
    }

    @Override
    public void close() {
        objects.close();
        redis.close();
        postgres.close();
    }
}
