package dev.slipway.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong is told in one line that says what to do, soon, and the target stays as it was. */
class BadInputsIT {
    private static final String PASSWORD = "s3cret-of-the-server";
    private static final String ADDRESS =
            "check that the server runs, that the address is right and that a firewall lets us in";

    private static final String EVERYTHING =
            "SELECT string_agg(c.oid::regclass::text, ' ' ORDER BY c.oid::regclass::text) FROM pg_class c WHERE relname !~ '^pg_'"
                    + " UNION ALL SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_'";

    @TempDir
    static Path folder;

    private static PostgresServer server;

    private final CommandRun command = new CommandRun();
    private String target;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresLaunch.in(CommandRun.POSTGRES, folder.resolve("postgres"))
                .login("postgres", PASSWORD)
                .setup("CREATE ROLE reader LOGIN PASSWORD 'r3ader'")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        sql("postgres", "DROP DATABASE IF EXISTS one", "DROP DATABASE IF EXISTS two");
        sql("postgres", "CREATE DATABASE one", "CREATE DATABASE two");
        sql("one", "CREATE TABLE t AS SELECT generate_series(1, 1000) AS id");
        target = everything("two");
    }

    @AfterEach
    void nothingWasChanged() throws SQLException {
        assertThat(everything("two")).isEqualTo(target);
    }

    @Test
    void aServerThatDoesNotListen() {
        refusedOnEitherSide("Connection to 127.0.0.1:9 refused", ADDRESS, address("127.0.0.1:9"));
    }

    @Test
    void anAddressThatNobodyRoutesTo() {
        // Set aside for documentation; a network may drop what is sent there, or say at once that there is no way.
        command.refused(
                "Tried to connect to postgres://postgres:***@192.0.2.1:5432/one",
                ADDRESS,
                "inspect",
                address("192.0.2.1:5432"));
    }

    @Test
    void aServerThatListensAndNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            String address = address("127.0.0.1:" + silent.getLocalPort());
            command.refused("Connection attempt timed out", ADDRESS, "copy", url("one"), address);
        }
    }

    @Test
    void aHostThatHasNoAddress() {
        refusedOnEitherSide(
                "the name db.invalid is not known", "check the host in the URL", address("db.invalid:5432"));
    }

    @Test
    void aServerThatIsAWebServer() throws IOException {
        try (ServerSocket web = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread answering = Thread.ofVirtual().start(() -> answerAsTheWebDoes(web));
            command.refused(
                    "An error occurred while setting up the SSL connection",
                    "be signed by an authority of that file",
                    "inspect",
                    address("127.0.0.1:" + web.getLocalPort()));
            command.refused(
                    "Protocol error",
                    ADDRESS,
                    "inspect",
                    address("127.0.0.1:" + web.getLocalPort()) + "?sslmode=disable");
            answering.interrupt();
        }
    }

    @Test
    @Tag("battery")
    void aServerThatIsARedis() throws IOException {
        Path root = Path.of(System.getProperty("slipway.root", "."));
        try (RedisServer redis = RedisServer.start(new RedisServer.Place(
                root.resolve(".slipway/cache"),
                folder.resolve("redis"),
                folder.resolve("pids"),
                "127.0.0.1",
                0,
                List.of()))) {
            command.refused("Connection attempt timed out", ADDRESS, "inspect", address("127.0.0.1:" + redis.port()));
        }
    }

    @Test
    void aWrongPassword() {
        refusedOnEitherSide(
                "password authentication failed for user \"postgres\"",
                "check the user and the password",
                url("one").replace(PASSWORD, "wr0ng"));
    }

    @Test
    void aDatabaseThatIsNotThere() {
        refusedOnEitherSide(
                "database \"nowhere\" does not exist",
                "check the database's name at the end of the URL",
                url("nowhere"));
    }

    @Test
    void aTableThatTheUserMayNotRead() throws SQLException {
        sql("one", "CREATE TABLE hidden (id int)", "GRANT SELECT ON t TO reader");
        command.refused(
                "public.hidden cannot be read by reader, who lacks SELECT on it",
                "grant it on the source, or log in as a role that has it",
                "copy",
                server.url("reader", "r3ader", "one"),
                url("two"));
        assertThat(command.run("compare", server.url("reader", "r3ader", "one"), url("one")))
                .isEqualTo(ExitCode.NOT_DONE);
        assertThat(command.out().lines())
                .singleElement()
                .asString()
                .startsWith("unknown: ")
                .contains("permission denied for table hidden");
    }

    @Test
    void aTargetThatIsNotEmpty() throws SQLException {
        sql("two", "CREATE TABLE theirs AS SELECT 1 AS id");
        target = everything("two");
        command.refused(
                "the target is not empty, and what it holds is not the same",
                "name an empty database, or empty it",
                "copy",
                url("one"),
                url("two"));
    }

    @Test
    void anExtensionThatTheTargetDoesNotOffer() throws SQLException {
        // As if it had been taken off the machine: nothing in the catalog says that its files are gone.
        sql(
                "one",
                "CREATE EXTENSION citext",
                "UPDATE pg_extension SET extname = 'timescaledb' WHERE extname = 'citext'");
        command.refused(
                "timescaledb is an extension (version 1.6) that the target does not offer",
                "install it there, or drop it from the source if nothing uses it",
                "copy",
                url("one"),
                url("two"));
    }

    @Test
    void textThatIsNotEncodedAsItsDatabaseSays() throws SQLException {
        sql("postgres", "DROP DATABASE one", "CREATE DATABASE one TEMPLATE template0 LOCALE 'C' ENCODING 'SQL_ASCII'");
        sql("one", "CREATE TABLE notes AS SELECT convert_from('\\xe9e8'::bytea, 'SQL_ASCII') AS text");
        command.refused(
                "invalid byte sequence for encoding \"UTF8\": 0xe9 0xe8 [public.notes]",
                "correct that text on the source, or take a target of the source's encoding, then copy again",
                "copy",
                url("one"),
                url("two"));
        assertThat(rows("two", "notes")).isZero();
        sql("one", "UPDATE notes SET text = convert_from('\\xc3a9'::bytea, 'SQL_ASCII')");
        assertThat(command.run("copy", url("one"), url("two")))
                .as(command.err())
                .isZero();
        target = everything("two");
    }

    @Test
    void aUrlThatIsNone() {
        String form =
                "write it as postgres://user:password@host:port/database, with reserved characters percent-encoded";
        refusedOnEitherSide("no host can be read from it", form, "postgres://u:s3cr3t@x@127.0.0.1/one");
        refusedOnEitherSide("no host can be read from it", form, "postgres://u:s3cr3t@127.0.0.1:port/one");
        refusedOnEitherSide("its port is 65536, and there are 1 to 65535", form, address("127.0.0.1:65536"));
        refusedOnEitherSide("it is malformed", form, "postgres://u:s3%cr3t@127.0.0.1/one");
        refusedOnEitherSide(
                "its scheme 'mysql' belongs to no engine",
                "use postgres, redis, rediss, s3 or file",
                "mysql://u:s3cr3t@127.0.0.1/one");
        refusedOnEitherSide("its scheme '' belongs to no engine", "use postgres, redis, rediss, s3 or file", "one");
        refusedOnEitherSide("it does not name one database", "where a / of the name is %2F", url(""));
        refusedOnEitherSide("it does not name one database", "where a / of the name is %2F", url("one") + "/two");
    }

    private void refusedOnEitherSide(String why, String remedy, String bad) {
        command.refused(why, remedy, "copy", bad, url("two"));
        command.refused(why, remedy, "copy", url("one"), bad);
        command.refused(why, remedy, "compare", url("one"), bad);
        command.refused(why, remedy, "inspect", bad, "--json");
    }

    private static void answerAsTheWebDoes(ServerSocket web) {
        try {
            while (!web.isClosed()) {
                try (var visitor = web.accept()) {
                    visitor.getInputStream().readNBytes(8);
                    visitor.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                }
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    private static String address(String server) {
        return "postgres://postgres:" + PASSWORD + "@" + server + "/one";
    }

    private static String url(String database) {
        return server.url(database);
    }

    private static String everything(String database) throws SQLException {
        StringBuilder found = new StringBuilder();
        try (Connection connection = CommandRun.connect(server, database, "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(EVERYTHING)) {
            while (rows.next()) {
                found.append(rows.getString(1)).append('\n');
            }
        }
        return found.toString();
    }

    private static long rows(String database, String table) throws SQLException {
        try (Connection connection = CommandRun.connect(server, database, "");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table)) {
            count.next();
            return count.getLong(1);
        }
    }

    private static void sql(String database, String... statements) throws SQLException {
        try (Connection connection = CommandRun.connect(server, database, "");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
