package dev.slipway.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A real server with as many databases as a test likes, owned by a superuser as at home or by a mere owner as at RDS. */
final class Databases implements AutoCloseable {
    private final AtomicInteger number = new AtomicInteger();
    private final PostgresServer server;

    Databases(Path folder) throws IOException {
        this(folder, PostgresLaunch.FAST);
    }

    Databases(Path folder, Map<String, String> settings) throws IOException {
        Path root = Path.of(System.getProperty("slipway.root", "."));
        this.server = PostgresLaunch.in(root.resolve(".slipway/cache/postgres-15.18.0"), folder)
                .login("postgres", "s3cret")
                .settings(settings)
                .setup("CREATE ROLE master LOGIN CREATEDB CREATEROLE PASSWORD 'm4ster'")
                .start();
    }

    /** A database of the superuser. */
    StoreUrl fresh() {
        String name = "db" + number.incrementAndGet();
        run(StoreUrl.parse(server.url("postgres")), "CREATE DATABASE " + name);
        return StoreUrl.parse(server.url(name));
    }

    StoreUrl encoded(String encoding, String locale) {
        String name = "db" + number.incrementAndGet();
        run(
                StoreUrl.parse(server.url("postgres")),
                "CREATE DATABASE " + name + " TEMPLATE template0 LOCALE '" + locale + "' ENCODING '" + encoding + "'");
        return StoreUrl.parse(server.url(name));
    }

    /** A database that sorts as a language does. */
    StoreUrl icu(String locale) {
        String name = "db" + number.incrementAndGet();
        run(
                StoreUrl.parse(server.url("postgres")),
                "CREATE DATABASE " + name + " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE '" + locale + "'");
        return StoreUrl.parse(server.url(name));
    }

    /** A database whose owner is no superuser. */
    StoreUrl managed() {
        String name = "db" + number.incrementAndGet();
        run(StoreUrl.parse(server.url("postgres")), "CREATE DATABASE " + name + " OWNER master");
        return StoreUrl.parse(server.url("master", "m4ster", name));
    }

    /** A database that has everything that ever went wrong. */
    StoreUrl nasty() {
        return filled("nasty.sql");
    }

    /** A database of the superuser with what a script makes. */
    StoreUrl filled(String script) {
        StoreUrl url = fresh();
        run(url, resource(script));
        return url;
    }

    void addNasty(StoreUrl url) {
        run(url, "SET search_path = public;" + resource("nasty.sql"));
    }

    /** A database that has every kind of object that a mere owner may have. */
    StoreUrl everyObject() {
        StoreUrl url = fresh();
        load(url, "every-object.sql");
        load(url, "every-setting.sql");
        int version = Integer.parseInt(ask(url, "SHOW server_version_num")) / 10000;
        for (int since = 15; since <= version; since++) {
            load(url, "from-" + since + ".sql");
        }
        return url;
    }

    /** One that has those of a superuser, too. */
    StoreUrl everyObjectOfASuperuser() {
        StoreUrl url = everyObject();
        load(url, "superuser-object.sql");
        if (Integer.parseInt(ask(url, "SHOW server_version_num")) >= 150000) {
            load(url, "superuser-from-15.sql");
        }
        return url;
    }

    /** The same content in a database of the same owner. */
    StoreUrl cloneOf(StoreUrl template) {
        String name = "db" + number.incrementAndGet();
        run(
                StoreUrl.parse(server.url("postgres")),
                "CREATE DATABASE " + name + " TEMPLATE " + template.path() + " OWNER "
                        + template.user().orElseThrow());
        return StoreUrl.parse(
                server.url(template.user().orElseThrow(), template.password().orElseThrow(), name));
    }

    StoreUrl asSuperuser(StoreUrl url) {
        return StoreUrl.parse(server.url(url.path()));
    }

    void kill() {
        server.kill();
    }

    static Connection connect(StoreUrl url) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.host() + ":" + url.port(0) + "/" + url.path(),
                url.user().orElseThrow(),
                url.password().orElseThrow());
    }

    static void run(StoreUrl url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until a question that answers with a boolean says yes. */
    static void await(StoreUrl url, String question) {
        for (int looks = 0; !ask(url, question).equals("t"); looks++) {
            assertThat(looks).as(question).isLessThan(1_000);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    static String ask(StoreUrl url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A script whose statements only the server can tell apart. */
    static void load(StoreUrl url, String script) {
        try (PostgresSession session = PostgresSession.openForScripts(url)) {
            session.execute("RESET search_path");
            session.execute(resource(script));
        } catch (SQLException e) {
            throw new IllegalStateException(script, e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Databases.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
