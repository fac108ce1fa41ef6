package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * An app's Postgres and Redis on two sides, 0 and 1, with a network in front of each server through which Slipway, and the servers
 * among themselves, reach it. Clients reach them directly.
 */
final class StoresOfAnApp implements AutoCloseable {
    private static final Map<String, String> SETTINGS = Map.of(
            "wal_level", "logical",
            "fsync", "off",
            "max_replication_slots", "20");
    private static final List<String> REDIS =
            List.of("appendonly yes", "appendfsync no", "save 3600 1", "repl-diskless-sync-delay 0");

    private final Path folder;
    private final Clocks clocks;
    private final AtomicReferenceArray<PostgresServer> postgres = new AtomicReferenceArray<>(2);
    private final AtomicReferenceArray<RedisServer> redis = new AtomicReferenceArray<>(2);
    private final List<FaultyNetwork> networks = new ArrayList<>();
    private boolean byPasses = Boolean.getBoolean("slipway.passes");
    private int made;

    StoresOfAnApp(Path folder) throws IOException, SQLException {
        this(folder, new Clocks(folder, Optional.empty()));
    }

    StoresOfAnApp(Path folder, Clocks clocks) throws IOException, SQLException {
        this.folder = folder;
        this.clocks = clocks;
        for (int side = 0; side < 2; side++) {
            postgres.set(side, launch(side, 0).database(PostgresClient.DATABASE).start());
            redis.set(side, emptyRedis(side, 0));
        }
        for (int side = 0; side < 2; side++) {
            networks.add(new FaultyNetwork(postgres(side).port()));
            networks.add(new FaultyNetwork(redis(side).port()));
        }
        sql(postgres(0), PostgresClient.DATABASE, PostgresClient.SCHEMA);
    }

    PostgresServer postgres(int side) {
        return postgres.get(side);
    }

    RedisServer redis(int side) {
        return redis.get(side);
    }

    List<FaultyNetwork> networks() {
        return networks;
    }

    FaultyNetwork networkOfPostgres(int side) {
        return networks.get(2 * side);
    }

    FaultyNetwork networkOfRedis(int side) {
        return networks.get(2 * side + 1);
    }

    String postgresUrl(int side) {
        return "postgres://postgres:s3cret@127.0.0.1:" + networkOfPostgres(side).port() + "/" + PostgresClient.DATABASE;
    }

    String redisUrl(int side) {
        return "redis://127.0.0.1:" + networkOfRedis(side).port();
    }

    /** The source's and the target's URL, store by store. */
    List<String> urls(int source) {
        return List.of(
                postgresUrl(source),
                postgresUrl(1 - source),
                redisUrl(source) + (byPasses ? "?read=scan" : ""),
                redisUrl(1 - source));
    }

    /** From here on a Redis is followed in the other of both ways: by a stream, or by passes. */
    void followOtherwise() {
        byPasses = !byPasses;
    }

    String following() {
        return byPasses ? "Redis by passes" : "Redis by a stream";
    }

    void killPostgres(int side) {
        postgres(side).kill();
    }

    void startPostgres(int side) throws IOException {
        postgres.set(side, launch(side, postgres(side).port()).start());
    }

    void killRedis(int side) {
        redis(side).kill();
    }

    void startRedis(int side) throws IOException {
        redis.set(side, redis(side).startAgain());
    }

    /** Nothing is on that side any more, and no fence. */
    void empty(int side) throws IOException, SQLException {
        sql(
                postgres(side),
                "postgres",
                List.of(
                        "DROP DATABASE " + PostgresClient.DATABASE + " WITH (FORCE)",
                        "CREATE DATABASE " + PostgresClient.DATABASE));
        int port = redis(side).port();
        killRedis(side);
        redis.set(side, emptyRedis(side, port));
    }

    private PostgresLaunch launch(int side, int port) {
        return PostgresLaunch.in(CommandRun.POSTGRES, folder.resolve("postgres-" + side))
                .at("127.0.0.1", port)
                .login("postgres", "s3cret")
                .settings(SETTINGS)
                .environment(clocks.of("postgres-" + side));
    }

    private RedisServer emptyRedis(int side, int port) throws IOException {
        RedisServer.Place place = new RedisServer.Place(
                Path.of("target", "servers"),
                folder.resolve("redis-" + made++),
                folder.resolve("pids"),
                "127.0.0.1",
                port,
                REDIS);
        return RedisServer.start(place.environment(clocks.of("redis-" + side)));
    }

    static void sql(PostgresServer server, String database, List<String> statements) throws SQLException {
        try (Connection connection = CommandRun.connect(server, database, "");
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /** Demands that side 0 or 1 holds all that was acknowledged, once, and that nothing of it is out of order. */
    void assertWhole(int writer, Writes entries, Writes counted) throws IOException, SQLException {
        try (Connection connection = CommandRun.connect(postgres(writer), PostgresClient.DATABASE, "");
                Statement statement = connection.createStatement()) {
            assertThat(number(statement, "SELECT sum(balance) FROM account"))
                    .as("transfers neither make money nor lose it")
                    .isEqualTo(PostgresClient.SUM);
            long last = number(statement, "SELECT last FROM head");
            assertThat(number(statement, "SELECT count(*) FROM ledger")).isEqualTo(last);
            assertThat(number(statement, "SELECT coalesce(max(number), 0) FROM ledger"))
                    .as("the ledger has no gap")
                    .isEqualTo(last);
            entries.assertHeld("Postgres", texts(statement, "SELECT entry FROM ledger"));
        }
        try (RedisTalk talk = new RedisTalk(redis(writer).port(), WritingClient.PATIENCE)) {
            List<String> noted = Arrays.stream(
                            talk.ask("LRANGE " + RedisClient.NOTED + " 0 -1").split("\n"))
                    .filter(write -> !write.isEmpty())
                    .toList();
            assertThat(talk.ask("GET " + RedisClient.COUNTER)).isEqualTo(Integer.toString(noted.size()));
            counted.assertHeld("Redis", noted);
        }
    }

    private static long number(Statement statement, String question) throws SQLException {
        return Long.parseLong(texts(statement, question).getFirst());
    }

    private static List<String> texts(Statement statement, String question) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(question)) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        }
        return texts;
    }

    @Override
    public void close() throws IOException {
        for (FaultyNetwork network : networks) {
            network.close();
        }
        for (int side = 0; side < 2; side++) {
            postgres(side).close();
            redis(side).close();
        }
    }
}
