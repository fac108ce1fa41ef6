package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.connect;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresFenceIT extends WithDatabases {
    private static final FenceToken FIRST = new FenceToken("shop", 1);
    private static final FenceToken SECOND = new FenceToken("shop", 2);
    private static final PostgresTools TOOLS = PostgresTools.find(System.getenv());

    private final PostgresEngine engine = new PostgresEngine(TOOLS, Duration.ofSeconds(10));

    @Test
    void stopsASuperuserWhoKnowsAboutReadOnly() {
        StoreUrl store = databases.nasty();
        engine.fence(store, FIRST);
        for (String write : List.of(
                "INSERT INTO person (name) VALUES ('x')",
                "UPDATE person SET name = 'x'",
                "DELETE FROM no_key",
                "TRUNCATE no_key",
                "COPY no_key FROM PROGRAM 'echo 1'",
                "INSERT INTO measurement VALUES ('2020-01-01', 'q', 1)",
                "INSERT INTO measurement_2020 VALUES ('2020-01-01', 'q', 1)",
                "DELETE FROM parent_table",
                "MERGE INTO unlogged_table USING no_key ON id = a WHEN NOT MATCHED THEN INSERT VALUES (a)",
                "WITH gone AS (DELETE FROM no_key RETURNING *) SELECT * FROM gone")) {
            assertRefused(store, "", write);
            assertRefused(store, "SET default_transaction_read_only = off", write);
            assertRefused(
                    store, "SET default_transaction_read_only = off; SET session_replication_role = replica", write);
        }
    }

    @Test
    void stopsSequencesAndDdlOfAnAppThatReconnects() throws SQLException {
        StoreUrl store = databases.nasty();
        try (Connection app = connect(store)) {
            engine.fence(store, FIRST);
            assertThatThrownBy(() -> app.createStatement().execute("SELECT nextval('ticket')"))
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("57P01");
        }
        assertRefused(store, "", "SELECT nextval('ticket')");
        assertRefused(store, "", "CREATE TABLE late (id int)");
        assertThat(ask(store, "SELECT count(*) FROM person")).isEqualTo("499");
    }

    @Test
    void waitsForAWriterInFlightAndSeesWhatItWrote() throws Exception {
        StoreUrl store = databases.nasty();
        try (Connection app = connect(store);
                Statement statement = app.createStatement()) {
            app.setAutoCommit(false);
            statement.execute("INSERT INTO no_key VALUES (77, 'in flight')");
            CompletableFuture<Void> fencing = CompletableFuture.runAsync(() -> engine.fence(store, FIRST));
            assertThatThrownBy(() -> fencing.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            app.commit();
            fencing.get(10, TimeUnit.SECONDS);
        }
        assertThat(ask(store, "SELECT count(*) FROM no_key WHERE a = 77")).isEqualTo("1");
        assertThat(engine.fenced(store)).contains(FIRST);
    }

    @Test
    void doesNotWaitForAnAutovacuumToEnd(@TempDir Path elsewhere) throws IOException {
        try (Databases slow = new Databases(elsewhere)) {
            StoreUrl store = slow.managed();
            StoreUrl superuser = slow.asSuperuser(store);
            run(superuser, "ALTER SYSTEM SET autovacuum_naptime = '1s'");
            run(superuser, "ALTER SYSTEM SET autovacuum_vacuum_cost_delay = '100ms'");
            run(superuser, "ALTER SYSTEM SET autovacuum_vacuum_cost_limit = 1");
            run(superuser, "SELECT pg_reload_conf()");
            run(store, "CREATE TABLE worn AS SELECT n, repeat('x', 200) AS text FROM generate_series(1, 20000) n");
            run(store, "UPDATE worn SET n = n + 1");
            RetryPolicy<Boolean> untilVacuumed = RetryPolicy.<Boolean>builder()
                    .handleResult(false)
                    .withDelay(Duration.ofMillis(50))
                    .withMaxRetries(-1)
                    .withMaxDuration(Duration.ofSeconds(30))
                    .build();
            assertThat(Failsafe.with(untilVacuumed)
                            .get(() ->
                                    ask(superuser, Sql.file("fence/autovacuum")).equals("t")))
                    .isTrue();
            engine.fence(store, FIRST);
            assertThat(engine.fenced(store)).contains(FIRST);
        }
    }

    @Test
    void namesTheWriterThatDoesNotEndAndLeavesTheAppWriting() throws SQLException {
        StoreUrl store = databases.nasty();
        PostgresEngine impatient = new PostgresEngine(TOOLS, Duration.ofSeconds(2));
        try (Connection app = connect(store);
                Statement statement = app.createStatement()) {
            app.setAutoCommit(false);
            statement.execute("INSERT INTO no_key VALUES (77, 'in flight')");
            assertThatThrownBy(() -> impatient.fence(store, FIRST))
                    .isInstanceOf(FenceBroken.class)
                    .hasMessageContaining("of postgres is in a transaction");
            statement.execute("INSERT INTO no_key VALUES (78, 'still')");
            app.commit();
        }
        assertThat(engine.fenced(store)).isEmpty();
        run(store, "INSERT INTO no_key VALUES (79, 'free')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ALTER DATABASE %s SET default_transaction_read_only = off; ALTER DATABASE %s SET work_mem = '5MB'"
            })
    void leavesNothingBehind(String earlier) throws IOException {
        StoreUrl store = databases.nasty();
        if (!earlier.isEmpty()) {
            run(store, earlier.replace("%s", store.path()));
        }
        String before = dump(store);
        engine.fence(store, FIRST);
        engine.fence(store, FIRST);
        engine.unfence(store, FIRST);
        engine.unfence(store, FIRST);
        assertThat(dump(store)).isEqualTo(before);
        assertThat(engine.fenced(store)).isEmpty();
        run(store, "INSERT INTO no_key VALUES (1, 'again'); SELECT nextval('ticket')");
    }

    @Test
    void isTakenOverByALaterAttemptAndNeverByAnEarlierOne() {
        StoreUrl store = databases.nasty();
        engine.fence(store, FIRST);
        engine.fence(store, SECOND);
        assertThat(engine.fenced(store)).contains(SECOND);
        assertThatThrownBy(() -> engine.unfence(store, FIRST)).isInstanceOf(StaleAttempt.class);
        assertThatThrownBy(() -> engine.fence(store, FIRST)).isInstanceOf(StaleAttempt.class);
        assertThatThrownBy(() -> engine.fence(store, new FenceToken("other", 9)))
                .isInstanceOf(StaleAttempt.class);
        engine.unfence(store, SECOND);
        assertThat(engine.fenced(store)).isEmpty();
    }

    @Test
    void noticesThatSomebodyOpenedIt() {
        StoreUrl store = databases.nasty();
        engine.fence(store, FIRST);
        run(store, "SET transaction_read_only = off; ALTER TABLE no_key DISABLE TRIGGER slipway_fence");
        assertThatThrownBy(() -> engine.fenced(store))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("public.no_key");
        engine.fence(store, FIRST);
        run(store, "SET transaction_read_only = off; CREATE TABLE sneaked_in (id int)");
        assertThatThrownBy(() -> engine.fenced(store))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("sneaked_in");
    }

    @Test
    void worksForAMereOwner() {
        StoreUrl store = databases.managed();
        run(store, "CREATE TABLE a (id int)");
        engine.fence(store, FIRST);
        assertRefused(store, "SET default_transaction_read_only = off", "INSERT INTO a VALUES (1)");
        engine.unfence(store, FIRST);
        run(store, "INSERT INTO a VALUES (1)");
    }

    @Test
    void saysWhatIsWrongWithALoginInOneLineWithoutThePassword() {
        StoreUrl wrong = StoreUrl.parse(databases.fresh().reveal().replace("s3cret", "guess"));
        assertThatThrownBy(() -> engine.fenced(wrong))
                .isInstanceOf(StoreUnreachable.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("guess")
                .hasMessageNotContaining("\n");
        StoreUrl nobody = StoreUrl.parse("postgres://a:guess@127.0.0.1:1/db");
        assertThatThrownBy(() -> engine.inspect(nobody))
                .isInstanceOf(StoreUnreachable.class)
                .hasMessageContaining("postgres://a:***@127.0.0.1:1/db")
                .hasMessageNotContaining("guess");
    }

    private static void assertRefused(StoreUrl store, String defiance, String write) {
        assertThatCode(() -> {
                    try (Connection app = connect(store);
                            Statement statement = app.createStatement()) {
                        statement.execute(defiance);
                        statement.execute(write);
                    }
                })
                .as(write)
                .hasMessageContaining(defiance.isEmpty() ? "read-only transaction" : "is being moved")
                .isInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("25006");
    }

    private static String dump(StoreUrl store) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TOOLS.program("pg_dump", store, 15).run(out, "--create");
        // The key of \restrict is a new one each time.
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
                .collect(Collectors.joining("\n"));
    }
}
