package dev.slipway.local.versions;

import dev.slipway.local.account.PythonEnvironments;
import dev.slipway.migration.StoreUrl;
import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresReleases;
import dev.slipway.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server of each major version that a test asks for, with as many databases as it likes. */
final class ServersOfEachVersion implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", "."));

    private final Map<Integer, PostgresServer> servers = new HashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final Path folder;

    ServersOfEachVersion(Path folder) {
        this.folder = folder;
    }

    /** A database of the superuser. */
    StoreUrl fresh(int major) throws IOException, SQLException {
        String name = "db" + number.incrementAndGet();
        run(administration(major), "CREATE DATABASE " + name);
        return StoreUrl.parse(server(major).url(name));
    }

    /** A database whose owner is no superuser, as at a managed service. */
    StoreUrl managed(int major) throws IOException, SQLException {
        String name = "db" + number.incrementAndGet();
        run(administration(major), "CREATE DATABASE " + name + " OWNER master");
        return StoreUrl.parse(server(major).url("master", "m4ster", name));
    }

    private StoreUrl administration(int major) throws IOException {
        return StoreUrl.parse(server(major).url("postgres"));
    }

    private PostgresServer server(int major) throws IOException {
        PostgresServer running = servers.get(major);
        if (running == null) {
            running = PostgresLaunch.in(PostgresReleases.of(ROOT).binaries(major), folder.resolve("v" + major))
                    .login("postgres", "s3cret")
                    .setup("CREATE ROLE master LOGIN CREATEDB CREATEROLE PASSWORD 'm4ster'")
                    .start();
            servers.put(major, running);
        }
        return running;
    }

    static void run(StoreUrl url, String sql) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** Sends statements as they are: the driver does not know where a function's body ends. */
    static Connection connect(StoreUrl url) throws SQLException {
        String address =
                "jdbc:postgresql://" + url.host() + ":" + url.port(0) + "/" + url.path() + "?preferQueryMode=simple";
        return DriverManager.getConnection(
                address, url.user().orElseThrow(), url.password().orElseThrow());
    }

    /** The folder of a pg_dump that is not older than any server. */
    static Path newestTools() {
        return new PythonEnvironments(
                        ROOT.resolve(".slipway"),
                        ROOT.resolve("functions/local/src/main/account"),
                        System.getenv(),
                        System.err::println)
                .ensure(PythonEnvironments.POSTGRES)
                .bin("pg_dump")
                .getParent();
    }

    @Override
    public void close() {
        servers.values().forEach(PostgresServer::close);
    }
}
