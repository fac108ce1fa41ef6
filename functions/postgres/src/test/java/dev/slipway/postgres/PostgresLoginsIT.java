package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.AppLogin;
import dev.slipway.migration.AppLogins;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two logins of an app by turns, made by a master that is no superuser, as at RDS, and by one that is. */
class PostgresLoginsIT extends WithDatabases {
    private static final AppLogin FIRST = new AppLogin("slipway_app_1", "0ne");
    private static final AppLogin SECOND = new AppLogin("slipway_app_2", "tw0 /@:%'");

    private static final int MOMENTS = 12;
    private static final int BETWEEN_MOMENTS_MILLIS = 3;

    private final PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));
    private final AppLogins logins = engine.logins().orElseThrow();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatEitherLoginMakesBelongsToTheOneRole(boolean managed) {
        StoreUrl store = database(managed);
        logins.make(store, List.of(FIRST, SECOND));
        StoreUrl first = as(store, FIRST);
        StoreUrl second = as(store, SECOND);

        run(first, "CREATE SCHEMA shop; CREATE TABLE shop.item (id serial PRIMARY KEY, name text)");
        run(second, "ALTER TABLE shop.item ADD COLUMN price int; INSERT INTO shop.item (name) VALUES ('cup')");
        run(second, "CREATE VIEW shop.cheap AS SELECT * FROM shop.item; CREATE TABLE public.sold (id int)");
        run(first, "DROP VIEW shop.cheap; DROP TABLE public.sold; ALTER TABLE shop.item DROP COLUMN price");

        assertThat(ask(store, "SELECT relowner::regrole FROM pg_class WHERE oid = 'shop.item'::regclass"))
                .isEqualTo("slipway_app");
        assertThat(ask(first, "SELECT name FROM shop.item")).isEqualTo("cup");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewPasswordLeavesTheOtherLoginAndOpenSessionsAlone(boolean managed) throws SQLException {
        StoreUrl store = database(managed);
        logins.make(store, List.of(FIRST, SECOND));
        try (Connection open = Databases.connect(as(store, SECOND))) {
            AppLogin renewed = new AppLogin(SECOND.name(), "an0ther");
            logins.make(store, List.of(FIRST, renewed));
            assertThat(ask(as(store, renewed), "SELECT current_user")).isEqualTo("slipway_app");
            assertThat(ask(as(store, FIRST), "SELECT session_user")).isEqualTo("slipway_app_1");
            assertThat(open.isValid(1)).isTrue();
            assertThatThrownBy(() -> Databases.connect(as(store, SECOND))).hasMessageContaining("password");
        }
    }

    /** Tasks of each deployment connect anew all the time, by the login that they were started with. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesNobodyThatWasStartedBeforeOneTurnAndAllThatWereBeforeTwo(boolean managed) throws Exception {
        StoreUrl store = database(managed);
        logins.make(store, List.of(FIRST, SECOND));
        AppLogin first = FIRST;
        AppLogin second = SECOND;
        for (int turn = 1; turn <= 4; turn++) {
            boolean ofSecond = turn % 2 == 1;
            AppLogin inUse = ofSecond ? first : second;
            AppLogin idle = ofSecond ? second : first;
            AppLogin renewed = new AppLogin(idle.name(), "turn" + turn);
            try (Connecting running = Connecting.by(as(store, inUse))) {
                logins.make(store, ofSecond ? List.of(first, renewed) : List.of(renewed, second));
                try (Connecting deployed = Connecting.by(as(store, renewed))) {
                    running.awaitMore();
                    deployed.awaitMore();
                }
            }
            assertThatThrownBy(() -> Databases.connect(as(store, idle)))
                    .as("started two deployments ago")
                    .hasMessageContaining("password");
            first = ofSecond ? first : renewed;
            second = ofSecond ? renewed : second;
        }
    }

    /** Whatever moment the worker dies in: the login in use stays as it is, and the next worker goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesTheLoginInUseAndGoesOnWhereverItIsCutOff(boolean managed) throws Exception {
        StoreUrl store = database(managed);
        logins.make(store, List.of(FIRST, SECOND));
        for (int moment = 0; moment < MOMENTS; moment++) {
            AppLogin renewed = new AppLogin(SECOND.name(), "moment" + moment);
            Thread worker = Thread.ofVirtual().start(() -> {
                try {
                    logins.make(store, List.of(FIRST, renewed));
                } catch (SlipwayException expected) {
                    // It was cut off.
                }
            });
            Thread.sleep((long) moment * BETWEEN_MOMENTS_MILLIS);
            run(
                    databases.asSuperuser(store),
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'slipway'");
            worker.join();
            assertThat(ask(as(store, FIRST), "SELECT current_user")).isEqualTo("slipway_app");
            logins.make(store, List.of(FIRST, renewed));
            assertThat(ask(as(store, renewed), "SELECT current_user")).isEqualTo("slipway_app");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesWhatABareLoginMadeForTheRole(boolean managed) throws SQLException {
        StoreUrl store = database(managed);
        logins.make(store, List.of(FIRST, SECOND));
        try (Connection pooled = Databases.connect(as(store, FIRST));
                Statement statement = pooled.createStatement()) {
            statement.execute("SET ROLE NONE; CREATE SCHEMA mine; CREATE TABLE mine.own (id int)");
        }
        assertThat(ask(store, "SELECT relowner::regrole FROM pg_class WHERE relname = 'own'"))
                .isEqualTo("slipway_app_1");
        logins.make(store, List.of(FIRST, SECOND));
        run(as(store, SECOND), "ALTER TABLE mine.own ADD COLUMN more int");
    }

    /** As a restore has it: the logins before the copy, so that what it brings is theirs, and again after it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theAppFindsAllThatWasCopiedAsItsOwnAndBothSidesAreTheSame(boolean managed) {
        StoreUrl source = databases.fresh();
        run(
                source,
                "CREATE SCHEMA shop; CREATE TABLE shop.item (id serial PRIMARY KEY, name text); INSERT INTO shop.item (name) VALUES ('cup');"
                        + " ALTER ROLE postgres IN DATABASE " + source.path() + " SET search_path = shop, public");
        StoreUrl target = database(managed);
        FenceToken token = new FenceToken("shop", 1);
        engine.fence(source, token);

        logins.make(target, List.of(FIRST, SECOND));
        engine.copy(source, target, CopyOptions.under(token), Progress.SILENT);
        logins.make(target, List.of(FIRST, SECOND));
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);

        engine.fence(target, token);
        assertThatThrownBy(() -> run(as(target, FIRST), "INSERT INTO item (name) VALUES ('pot')"))
                .hasMessageContaining("read-only");
        engine.unfence(target, token);
        run(as(target, FIRST), "INSERT INTO item (name) VALUES ('pot'); ALTER TABLE item ADD COLUMN price int");
        assertThat(ask(as(target, SECOND), "SELECT count(*) FROM item")).isEqualTo("2");
        assertThat(ask(target, "SELECT datdba::regrole FROM pg_database WHERE datname = current_database()"))
                .isEqualTo("slipway_app");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changesNothingWhereTheServerRefusesOneOfThem(boolean managed) {
        StoreUrl store = database(managed);
        logins.make(store, List.of(FIRST, SECOND));
        AppLogin reserved = new AppLogin("pg_nobody", "n0ne");
        assertThatThrownBy(() -> logins.make(store, List.of(new AppLogin(FIRST.name(), "n3w"), reserved)))
                .isInstanceOf(CopyFailed.class)
                .hasMessageContaining("make the app's logins")
                .hasMessageNotContainingAny("n3w", "n0ne", "m4ster", "s3cret");
        assertThat(ask(as(store, FIRST), "SELECT 1")).isEqualTo("1");
    }

    /** Its server's log has every statement. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsNoPassword(boolean managed) throws IOException {
        StoreUrl store = database(managed);
        run(databases.asSuperuser(store), "ALTER DATABASE " + store.path() + " SET log_statement = 'all'");
        logins.make(store, List.of(FIRST, new AppLogin(SECOND.name(), "unm1stakable")));
        assertThat(Files.readString(folder.resolve("postgres.log")))
                .contains("ALTER USER \"slipway_app_2\" PASSWORD 'SCRAM-SHA-256$")
                .doesNotContain("unm1stakable");
    }

    /** A task of the app that opens a connection after the other, until one is refused. */
    private static final class Connecting implements AutoCloseable {
        private final AtomicInteger connections = new AtomicInteger();
        private volatile boolean stopped;
        private final CompletableFuture<Void> end;

        private Connecting(StoreUrl url) {
            end = CompletableFuture.runAsync(() -> {
                while (!stopped) {
                    assertThat(ask(url, "SELECT current_user")).isEqualTo("slipway_app");
                    connections.incrementAndGet();
                }
            });
        }

        static Connecting by(StoreUrl url) {
            Connecting task = new Connecting(url);
            task.awaitMore();
            return task;
        }

        void awaitMore() {
            int wanted = connections.get() + 5;
            while (connections.get() < wanted && !end.isDone()) {
                Thread.onSpinWait();
            }
        }

        /** Throws what the one refused connection said. */
        @Override
        public void close() {
            stopped = true;
            end.join();
        }
    }

    private static StoreUrl database(boolean managed) {
        return managed ? databases.managed() : databases.fresh();
    }

    private static StoreUrl as(StoreUrl store, AppLogin login) {
        return store.withLogin(login.name(), login.password());
    }
}
