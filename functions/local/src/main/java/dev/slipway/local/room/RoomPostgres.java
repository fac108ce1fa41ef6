package dev.slipway.local.room;

import dev.slipway.migration.StoreUrl;
import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A Postgres as RDS gives it: the master owns its database and may make roles, but is no superuser. One thing RDS lets it do that a
 * server of 15 lets a superuser only: to subscribe to another database.
 */
record RoomPostgres(PostgresServer server, String database) implements RoomServer {
    private static final String OPERATOR = "rdsadmin";

    /** As the target's parameter group has it (rds.logical_replication). */
    private static final Map<String, String> SETTINGS =
            PostgresLaunch.with(Map.of("wal_level", "logical", "synchronous_commit", "on"));

    /** @param subscribes whether the master may subscribe, and so is a superuser */
    static RoomPostgres start(ServerOrder order, String address, Path cache, Path folder, Path pids, boolean subscribes)
            throws IOException {
        PostgresLaunch empty = PostgresLaunch.in(cache.resolve("postgres"), folder)
                .at(address, order.port())
                .settings(SETTINGS)
                .login(
                        OPERATOR,
                        UUID.nameUUIDFromBytes(order.password().getBytes(StandardCharsets.UTF_8))
                                .toString())
                .pids(pids);
        PostgresLaunch launch =
                setup(order, subscribes).stream().reduce(empty, PostgresLaunch::setup, (first, second) -> second);
        return new RoomPostgres(launch.start(), order.database());
    }

    @Override
    public String address() {
        return server.address();
    }

    @Override
    public StoreUrl operator() {
        return StoreUrl.parse(server.url(database));
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void close() {
        server.close();
    }

    /** What the role may is listed at docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.html. */
    private static List<String> setup(ServerOrder order, boolean subscribes) {
        String master = identifier(order.user());
        String database = identifier(order.database());
        return List.of(
                "CREATE ROLE rds_superuser NOLOGIN",
                "GRANT pg_monitor, pg_signal_backend, pg_checkpoint TO rds_superuser",
                "GRANT SET ON PARAMETER session_replication_role TO rds_superuser",
                "CREATE ROLE " + master + " LOGIN CREATEROLE CREATEDB" + (subscribes ? " SUPERUSER" : "") + " PASSWORD "
                        + literal(order.password()),
                "GRANT rds_superuser TO " + master,
                order.database().equals("postgres")
                        ? "ALTER DATABASE postgres OWNER TO " + master
                        : "CREATE DATABASE " + database + " OWNER " + master);
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
