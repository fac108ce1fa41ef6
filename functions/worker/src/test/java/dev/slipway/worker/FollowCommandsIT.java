package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.session.S3Clients;
import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import dev.slipway.servers.RedisServer;
import dev.slipway.servers.S3Program;
import dev.slipway.servers.S3Server;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code slipway copy --follow}, {@code cutover} and {@code rollback} between two servers, as one types them. */
class FollowCommandsIT {
    @TempDir
    static Path folder;

    private static PostgresServer old;
    private static PostgresServer young;

    private final CommandRun follow = new CommandRun();
    private final CommandRun command = new CommandRun();

    @BeforeAll
    static void start() throws IOException, SQLException {
        old = server("old");
        young = server("young");
        // Not in the tests: a database may be closed when they have turned it.
        sql(old, "CREATE DATABASE joint", "CREATE DATABASE uploads");
        inJoint(old, "CREATE TABLE t (id serial PRIMARY KEY)");
        sql(young, "CREATE DATABASE joint", "CREATE DATABASE uploads");
    }

    private static PostgresServer server(String name) throws IOException {
        return PostgresLaunch.in(CommandRun.POSTGRES, folder.resolve(name))
                .login("postgres", "s3cret")
                .settings(Map.of("wal_level", "logical"))
                .database("shop")
                .start();
    }

    @AfterAll
    static void stop() {
        old.close();
        young.close();
    }

    @Test
    void followsCutsOverAndRollsBack() throws Exception {
        sql(old, "CREATE TABLE t (id serial PRIMARY KEY, word text)", "INSERT INTO t (word) VALUES ('before')");
        String source = old.url("shop");
        String target = young.url("shop");
        command.refused("no stream joins them", "see 'slipway copy --follow'", "rollback", source, target);
        command.refused("nothing flows to it from there", "copy with --follow first", "cutover", source, target);
        for (String verb : List.of("cutover", "rollback")) {
            assertThat(command.run(verb, source, target, "--max-pause", "soon")).isEqualTo(ExitCode.NOT_DONE);
            assertThat(command.err().lines())
                    .singleElement()
                    .asString()
                    .contains("'soon' is not a time such as 60s or 5m");
        }

        CompletableFuture<Integer> following =
                CompletableFuture.supplyAsync(() -> follow.run("copy", source, target, "--follow"));
        await("'slipway cutover' or 'slipway rollback' ends it", following);
        sql(old, "INSERT INTO t (word) VALUES ('while it is copied')");

        assertThat(command.run("cutover", source, target, "--json")).isZero();
        JsonNode done = new ObjectMapper().readTree(command.out());
        assertThat(done.path("outcome").asText()).isEqualTo("done");
        assertThat(done.path("writer").asText()).isEqualTo("target");
        assertThat(done.path("pause_ms").asLong()).isBetween(1L, 60_000L);
        assertThat(following.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(follow.out()).startsWith("copied 1 row");
        assertThat(follow.err()).contains(" behind", "the stream is over");

        sql(young, "INSERT INTO t (word) VALUES ('after the cutover')");
        assertThat(command.run("cutover", source, target)).isZero();
        assertThat(command.out()).startsWith("the target takes the writes already");

        assertThat(command.run("rollback", source, target)).isZero();
        assertThat(command.out()).startsWith("the source takes the writes; neither side did for ");
        sql(old, "INSERT INTO t (word) VALUES ('after the rollback')");
        assertThat(words(old)).isEqualTo("before, while it is copied, after the cutover, after the rollback");

        assertThat(command.run("rollback", source, target)).isZero();
        assertThat(command.out()).startsWith("ended: the source goes on as the writer");
    }

    /** As where the servers do not reach each other: the command carries the changes, there and, after a cutover, back. */
    @Test
    void carriesTheChangesOfALoginThatMayMakeNoSubscription() throws Exception {
        for (PostgresServer server : List.of(old, young)) {
            execute(
                    CommandRun.connect(server, "postgres", ""),
                    "CREATE ROLE mover LOGIN REPLICATION PASSWORD 'm0ver'",
                    "GRANT SET ON PARAMETER session_replication_role TO mover",
                    "CREATE DATABASE plain OWNER mover");
        }
        String source = as(old);
        String target = as(young);
        plain(old, "CREATE TABLE t (word text PRIMARY KEY)", "INSERT INTO t VALUES ('before')");

        CompletableFuture<Integer> following =
                CompletableFuture.supplyAsync(() -> follow.run("copy", source, target, "--follow"));
        await("carries the changes from here on, as long as it runs", following);
        plain(old, "INSERT INTO t VALUES ('while it is copied')");

        assertThat(command.run("cutover", source, target)).as(command.err()).isZero();
        await("changes flow from postgres://mover:***@127.0.0.1:" + young.port(), following);
        plain(young, "INSERT INTO t VALUES ('after the cutover')");
        assertThat(command.run("rollback", source, target)).as(command.err()).isZero();
        await("changes flow from postgres://mover:***@127.0.0.1:" + old.port(), following);
        plain(old, "INSERT INTO t VALUES ('after the rollback')");
        assertThat(command.run("rollback", source, target)).as(command.err()).isZero();
        assertThat(command.out()).startsWith("ended: the source goes on as the writer");
        assertThat(following.get(30, TimeUnit.SECONDS)).as(follow.err()).isZero();
        assertThat(words(old, "plain", "word"))
                .isEqualTo("after the cutover, after the rollback, before, while it is copied");
    }

    private static String as(PostgresServer server) {
        return "postgres://mover:m0ver@127.0.0.1:" + server.port() + "/plain";
    }

    private static void plain(PostgresServer server, String... statements) throws SQLException {
        execute(
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/plain", "mover", "m0ver"),
                statements);
    }

    @Test
    void followsARedisCutsOverAndRollsBack() throws Exception {
        try (RedisServer first = redis("first");
                RedisServer second = redis("second")) {
            String source = "redis://127.0.0.1:" + first.port();
            String target = "redis://127.0.0.1:" + second.port();
            say(first, "SET before 1");
            CompletableFuture<Integer> following =
                    CompletableFuture.supplyAsync(() -> follow.run("copy", source, target, "--follow"));
            await("'slipway cutover' or 'slipway rollback' ends it", following);
            say(first, "SET \"while it is copied\" 1");

            assertThat(command.run("cutover", source, target)).isZero();
            assertThat(command.out()).startsWith("the target takes the writes; neither side did for ");
            assertThat(following.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(follow.err()).contains(" behind", "the stream is over");
            assertThat(say(first, "SET late 1")).contains("NOREPLICAS");
            say(second, "SET \"after the cutover\" 1");

            assertThat(command.run("rollback", source, target)).isZero();
            assertThat(command.out()).startsWith("the source takes the writes; neither side did for ");
            assertThat(say(first, "EXISTS before \"while it is copied\" \"after the cutover\""))
                    .contains("3");
            assertThat(say(first, "SET \"after the rollback\" 1")).contains("OK");
            assertThat(say(second, "SET late 1")).contains("NOREPLICAS");
        }
    }

    @Test
    void turnsTheStoresOfAnAppAtOneMomentOrNone() throws Exception {
        CommandRun followsToo = new CommandRun();
        try (RedisServer first = redis("joint-first");
                RedisServer second = redis("joint-second")) {
            String[] stores = {
                old.url("joint"),
                young.url("joint"),
                "redis://127.0.0.1:" + first.port(),
                "redis://127.0.0.1:" + second.port()
            };
            command.refused(
                    "has no target", "name a target behind each source", "cutover", stores[0], stores[1], stores[2]);
            command.refused(
                    "is named twice", "name each store once", "rollback", stores[0], stores[1], stores[0], stores[1]);
            say(first, "SET before 1");
            CompletableFuture<Integer> database =
                    CompletableFuture.supplyAsync(() -> follow.run("copy", stores[0], stores[1], "--follow"));
            CompletableFuture<Integer> cache =
                    CompletableFuture.supplyAsync(() -> followsToo.run("copy", stores[2], stores[3], "--follow"));
            await("'slipway cutover' or 'slipway rollback' ends it", database);
            await(followsToo, "'slipway cutover' or 'slipway rollback' ends it", cache);

            assertThat(say(second, "SET foreign 1")).contains("NOPERM");
            insist(second, "SET foreign 1");
            assertThat(command.run(words("cutover", stores))).isEqualTo(ExitCode.DIFFERENT);
            assertThat(command.out()).startsWith("rolled back after ").contains("foreign", "goes on as before");
            assertThat(writable(old)).isTrue();
            assertThat(writable(young)).isFalse();
            assertThat(say(first, "SET between 1")).contains("OK");

            insist(second, "DEL foreign");
            int turned = command.run(words("cutover", stores, "--json"));
            assertThat(turned).as(command.err()).isZero();
            JsonNode done = new ObjectMapper().readTree(command.out());
            assertThat(done.path("stores").findValuesAsText("outcome")).containsExactly("done", "done");
            assertThat(done.path("pause_ms").asLong()).isBetween(1L, 60_000L);
            assertThat(database.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(cache.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(writable(old)).isFalse();
            assertThat(writable(young)).isTrue();
            assertThat(say(first, "SET late 1")).contains("NOREPLICAS");
            assertThat(say(second, "SET after 1")).contains("OK");

            int back = command.run(words("rollback", stores));
            assertThat(back).as(command.err()).isZero();
            assertThat(command.out()).startsWith("the source takes the writes; neither side did for ");
            assertThat(writable(old)).isTrue();
            assertThat(writable(young)).isFalse();
            assertThat(say(first, "EXISTS before between after")).contains("3");
            assertThat(say(first, "SET again 1")).contains("OK");
        }
    }

    @Test
    void turnsAFolderTogetherWithADatabase() throws Exception {
        CommandRun followsToo = new CommandRun();
        Optional<Path> program = S3Program.of(Path.of(System.getProperty("slipway.root")));
        assumeThat(program).as("an S3 server, which Go builds").isPresent();
        Path files = Files.createDirectory(folder.resolve("uploads"));
        Files.writeString(files.resolve("before.txt"), "1");
        S3Server.Place place = new S3Server.Place(program.orElseThrow(), folder.resolve("s3"), "127.0.0.1", false);
        Files.createDirectories(place.bucket("uploads"));
        try (S3Server server = S3Server.start(place);
                S3Client s3 = S3Clients.of(StoreUrl.parse(server.url("uploads")))) {
            String[] stores = {
                old.url("uploads"), young.url("uploads"), files.toUri().toString(), server.url("uploads")
            };
            CompletableFuture<Integer> database =
                    CompletableFuture.supplyAsync(() -> follow.run("copy", stores[0], stores[1], "--follow"));
            CompletableFuture<Integer> uploads =
                    CompletableFuture.supplyAsync(() -> followsToo.run("copy", stores[2], stores[3], "--follow"));
            await("'slipway cutover' or 'slipway rollback' ends it", database);
            await(followsToo, "'slipway cutover' or 'slipway rollback' ends it", uploads);
            Files.writeString(files.resolve("while it follows.txt"), "2");

            s3.putObject(request -> request.bucket("uploads").key("foreign"), RequestBody.fromString("x"));
            assertThat(command.run(words("cutover", stores))).isEqualTo(ExitCode.DIFFERENT);
            assertThat(command.out()).startsWith("rolled back after ").contains("'foreign'", "goes on as before");
            assertThat(files.resolve(".slipway-fence")).doesNotExist();
            s3.deleteObject(request -> request.bucket("uploads").key("foreign"));

            int turned = command.run(words("cutover", stores));
            assertThat(turned).as(command.out() + command.err()).isZero();
            assertThat(command.out()).startsWith("the target takes the writes; neither side did for ");
            assertThat(database.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(files.resolve(".slipway-fence")).exists();
            s3.putObject(request -> request.bucket("uploads").key("after.txt"), RequestBody.fromString("3"));

            assertThat(command.run(words("rollback", stores))).as(command.err()).isZero();
            assertThat(command.out()).startsWith("the source takes the writes; neither side did for ");
            assertThat(files).isDirectoryNotContaining("glob:**.slipway*");
            assertThat(Files.readString(files.resolve("after.txt"))).isEqualTo("3");
            assertThat(s3.listObjectsV2(request -> request.bucket("uploads")).keyCount())
                    .isEqualTo(3);
            assertThat(command.run(words("rollback", stores))).isZero();
            assertThat(command.out()).startsWith("ended: the source goes on as the writer");
            uploads.get(30, TimeUnit.SECONDS);
        }
    }

    private static String[] words(String verb, String[] stores, String... options) {
        return Stream.of(Stream.of(verb), Stream.of(stores), Stream.of(options))
                .flatMap(word -> word)
                .toArray(String[]::new);
    }

    private static void inJoint(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = CommandRun.connect(server, "joint", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean writable(PostgresServer server) throws SQLException {
        try (Connection connection = CommandRun.connect(server, "joint", "");
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("INSERT INTO t DEFAULT VALUES");
            return true;
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("read-only");
            return false;
        }
    }

    private static String say(RedisServer server, String command) throws IOException {
        try (Socket socket = new Socket(server.address(), server.port())) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** As its administrator, whom nothing keeps off. */
    private static void insist(RedisServer server, String command) throws IOException {
        say(server, "ACL SETUSER default +@write\r\n" + command + "\r\nACL SETUSER default -@write");
    }

    private static RedisServer redis(String name) throws IOException {
        return RedisServer.start(new RedisServer.Place(
                Path.of("target", "servers"),
                folder.resolve(name),
                folder.resolve("pids"),
                "127.0.0.1",
                0,
                List.of("save 3600 1")));
    }

    private void await(String said, CompletableFuture<Integer> running) throws InterruptedException {
        await(follow, said, running);
    }

    private static void await(CommandRun follow, String said, CompletableFuture<Integer> running)
            throws InterruptedException {
        for (int i = 0; !follow.err().contains(said); i++) {
            assertThat(running.isDone()).as(follow.out() + follow.err()).isFalse();
            assertThat(i).isLessThan(600);
            Thread.sleep(100);
        }
    }

    private static String words(PostgresServer server) throws SQLException {
        return words(server, "shop", "id");
    }

    private static String words(PostgresServer server, String database, String order) throws SQLException {
        try (Connection connection = CommandRun.connect(server, database, "");
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT string_agg(word, ', ' ORDER BY " + order + ") FROM t")) {
            result.next();
            return result.getString(1);
        }
    }

    private static void sql(PostgresServer server, String... statements) throws SQLException {
        execute(CommandRun.connect(server, "shop", ""), statements);
    }

    private static void execute(Connection session, String... statements) throws SQLException {
        try (Connection connection = session;
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }
}
