package dev.slipway.postgres;

import static dev.slipway.migration.Severity.BLOCKER;
import static dev.slipway.migration.Severity.WARNING;
import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.connect;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Detail;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Severity;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.inspect.PostgresInspection;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.tools.PostgresTools;
import dev.slipway.servers.PostgresLaunch;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each trap is laid on a real server and found. */
class PostgresInspectIT {
    private static final PostgresTools TOOLS = PostgresTools.find(System.getenv());
    private static final String KEYED = " (id int PRIMARY KEY)";

    @TempDir
    static Path folder;

    private static Databases databases;
    private final PostgresEngine engine = new PostgresEngine(TOOLS);

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> settings = new HashMap<>(PostgresLaunch.FAST);
        settings.put("wal_level", "logical");
        settings.put("max_prepared_transactions", "5");
        settings.put("max_connections", "30");
        settings.put("max_locks_per_transaction", "10");
        settings.put("autovacuum_naptime", "1h");
        databases = new Databases(folder, settings);
    }

    @AfterAll
    static void stop() {
        databases.close();
    }

    /**
     * A trap, named by its number and kind.
     *
     * @param lay makes it
     * @param lift takes it away where it is not the database's alone
     */
    record Laid(String name, String lay, String lift, Severity severity, String subject, String what, String remedy) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Laid laid(String name, String lay, Severity severity, String subject, String what, String remedy) {
        return new Laid(name, lay, "", severity, subject, what, remedy);
    }

    private static Laid laid(
            String name, String lay, String lift, Severity severity, String subject, String what, String remedy) {
        return new Laid(name, lay, lift, severity, subject, what, remedy);
    }

    static Stream<Laid> ofData() {
        return Stream.of(
                laid(
                        "15 a sequence near its end",
                        "CREATE SEQUENCE s MAXVALUE 100; SELECT setval('s', 85)",
                        WARNING,
                        "sequence public.s",
                        "has used more than 80 %",
                        "bigint"),
                laid(
                        "15 a sequence whose column ends earlier",
                        "CREATE TABLE t (id serial PRIMARY KEY); ALTER SEQUENCE t_id_seq AS bigint; SELECT setval('t_id_seq', 2000000000)",
                        WARNING,
                        "sequence public.t_id_seq",
                        "has used more than 80 %",
                        "bigint"),
                laid(
                        "16 large objects",
                        "SELECT lo_from_bytea(1, 'x')",
                        BLOCKER,
                        "the large objects",
                        "cannot be fenced on a server before version 16",
                        "upgrade the source"),
                laid(
                        "17 partitions by the hash of an enum",
                        "CREATE TYPE e AS ENUM ('a'); CREATE TABLE h (x e NOT NULL) PARTITION BY HASH (x)",
                        BLOCKER,
                        "partitioned table public.h",
                        "is divided by the hash of an enum",
                        "partition it by list"),
                laid(
                        "18 a materialized view of a foreign table",
                        "CREATE EXTENSION file_fdw; CREATE SERVER s FOREIGN DATA WRAPPER file_fdw; CREATE FOREIGN TABLE f (a text)"
                                + " SERVER s OPTIONS (filename '/dev/null'); CREATE MATERIALIZED VIEW v AS SELECT * FROM f",
                        WARNING,
                        "materialized view public.v",
                        "reads a foreign table",
                        "open the way"),
                laid(
                        "19 an event trigger",
                        "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
                                + " CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()",
                        WARNING,
                        "event trigger e",
                        "can be made by a superuser only",
                        "drop it from the source"),
                laid(
                        "19 a function that vouches for itself",
                        "CREATE FUNCTION f() RETURNS int LANGUAGE sql LEAKPROOF AS 'SELECT 1'",
                        WARNING,
                        "function public.f()",
                        "can be made by a superuser only",
                        "drop it from the source"),
                laid(
                        "24 a violated foreign key",
                        "CREATE TABLE p" + KEYED + "; CREATE TABLE c (id int PRIMARY KEY REFERENCES p);"
                                + " SET session_replication_role = replica; INSERT INTO c VALUES (7)",
                        WARNING,
                        "foreign key c_id_fkey on public.c",
                        "is violated by rows that are there",
                        "NOT VALID"),
                laid(
                        "24 a foreign key of two columns that is half NULL",
                        "CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE c (id int PRIMARY KEY, a int, b int,"
                                + " FOREIGN KEY (a, b) REFERENCES p MATCH FULL); SET session_replication_role = replica;"
                                + " INSERT INTO c VALUES (1, 7, NULL)",
                        WARNING,
                        "foreign key c_a_b_fkey on public.c",
                        "is violated by rows that are there",
                        "NOT VALID"),
                laid(
                        "24 a constraint that is not valid",
                        "CREATE TABLE t" + KEYED + "; ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID",
                        WARNING,
                        "constraint c on public.t",
                        "is NOT VALID",
                        "VALIDATE CONSTRAINT"),
                laid(
                        "26 an abandoned slot",
                        "SELECT pg_create_physical_replication_slot('abandoned', true)",
                        "SELECT pg_drop_replication_slot('abandoned')",
                        WARNING,
                        "replication slot abandoned",
                        "is read by nobody and keeps ",
                        "drop it"),
                laid(
                        "26 a slot of the database",
                        "SELECT pg_create_logical_replication_slot('ours', 'pgoutput')",
                        "SELECT pg_drop_replication_slot('ours')",
                        WARNING,
                        "replication slot ours",
                        "is left behind, and is read by nobody",
                        "begin anew on the target"),
                laid(
                        "27 tables without a key",
                        "DO $$ BEGIN FOR i IN 1..37 LOOP EXECUTE 'CREATE TABLE t' || lpad(i::text, 2, '0') || ' (a int)'; END LOOP; END $$",
                        WARNING,
                        "37 tables",
                        "(public.t01, public.t02, public.t03 and 34 more)",
                        "add a primary key"),
                laid(
                        "27 a table with a unique key only",
                        "CREATE TABLE t (id int NOT NULL UNIQUE)",
                        WARNING,
                        "table public.t",
                        "has a unique key but no primary one",
                        "REPLICA IDENTITY USING INDEX"),
                laid(
                        "28 a wide row",
                        "CREATE TABLE t" + KEYED
                                + "; ALTER TABLE t ADD x text; INSERT INTO t VALUES (1, repeat('x', 70000000))",
                        WARNING,
                        "table public.t",
                        "has a row of 70.0 MB",
                        "fewer jobs"),
                laid(
                        "29 an array of an own type",
                        "CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS e[]; CREATE TABLE t (id int PRIMARY KEY, x d)",
                        WARNING,
                        "column public.t.x",
                        "holds OIDs",
                        "nothing to do"),
                laid(
                        "29 a composite of an own type",
                        "CREATE TYPE e AS ENUM ('a'); CREATE TYPE c AS (x e, y int); CREATE TABLE t (id int PRIMARY KEY, x c)",
                        WARNING,
                        "column public.t.x",
                        "holds OIDs",
                        "nothing to do"),
                laid(
                        "29 a reference to an object",
                        "CREATE TABLE t (id int PRIMARY KEY, x regclass)",
                        WARNING,
                        "column public.t.x",
                        "is of the type regclass",
                        "keep the names as text"),
                laid(
                        "30 an unlogged table",
                        "CREATE UNLOGGED TABLE t" + KEYED,
                        WARNING,
                        "table public.t",
                        "is unlogged",
                        "SET LOGGED"),
                laid(
                        "30 a foreign table",
                        "CREATE EXTENSION file_fdw; CREATE SERVER s FOREIGN DATA WRAPPER file_fdw; CREATE FOREIGN TABLE t (a text)"
                                + " SERVER s OPTIONS (filename '/dev/null')",
                        WARNING,
                        "foreign table public.t",
                        "keeps its rows on the server s",
                        "let the target reach"),
                laid(
                        "30 a foreign server and a login to it",
                        "CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;"
                                + " CREATE USER MAPPING FOR master SERVER s OPTIONS (password 'x')",
                        WARNING,
                        "user mapping master on s",
                        "password",
                        "make the role first"),
                laid(
                        "30 a prepared transaction",
                        "BEGIN; CREATE TABLE t" + KEYED + "; PREPARE TRANSACTION 'forgotten'",
                        "ROLLBACK PREPARED 'forgotten'",
                        BLOCKER,
                        "prepared transaction forgotten",
                        "holds its locks",
                        "ROLLBACK PREPARED"),
                laid(
                        "30 a job of pg_cron",
                        "CREATE SCHEMA cron; CREATE TABLE cron.job (jobid int PRIMARY KEY, schedule text, database text, jobname text);"
                                + " INSERT INTO cron.job VALUES (1, '0 3 * * *', current_database(), 'nightly')",
                        WARNING,
                        "job nightly (0 3 * * *)",
                        "runs on both sides",
                        "unschedule it"),
                laid(
                        "30 jobs of pg_cron in another database",
                        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET cron.database_name = ''postgres''', current_database()); END $$",
                        WARNING,
                        "pg_cron",
                        "keeps its jobs in the database postgres",
                        "schedule them anew"),
                laid(
                        "30 a publication",
                        "CREATE PUBLICATION p",
                        WARNING,
                        "publication p",
                        "has subscribers",
                        "let them subscribe"),
                laid(
                        "30 a subscription",
                        "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1 dbname=x' PUBLICATION p WITH (connect = false)",
                        WARNING,
                        "subscription s",
                        "feeds this database from another server",
                        "DISABLE"),
                laid(
                        "30 a security label",
                        "CREATE TABLE t" + KEYED
                                + "; INSERT INTO pg_seclabel VALUES ('t'::regclass, 'pg_class'::regclass, 0, 'anon', 'x')",
                        WARNING,
                        "object table public.t",
                        "carries a security label of anon",
                        "label it there"),
                laid(
                        "an invalid index",
                        "CREATE TABLE t" + KEYED
                                + "; UPDATE pg_index SET indisvalid = false WHERE indexrelid = 't_pkey'::regclass",
                        WARNING,
                        "index public.t_pkey",
                        "is invalid",
                        "REINDEX"),
                laid(
                        "a partition whose detaching was interrupted",
                        "CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE q PARTITION OF p DEFAULT;"
                                + " UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'q'::regclass",
                        WARNING,
                        "partition public.q",
                        "was to be detached",
                        "FINALIZE"),
                laid(
                        "a table that autovacuum leaves alone",
                        "CREATE TABLE t (id int PRIMARY KEY) WITH (autovacuum_enabled = off)",
                        WARNING,
                        "table public.t",
                        "is never vacuumed by itself",
                        "RESET (autovacuum_enabled)"),
                laid(
                        "a database with room for few connections",
                        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 3', current_database()); END $$",
                        WARNING,
                        "database db",
                        "leaves room for 3 connections",
                        "fewer jobs"),
                laid(
                        "more tables than locks",
                        "DO $$ BEGIN FOR i IN 1..400 LOOP EXECUTE 'CREATE TABLE t' || i || ' (id int PRIMARY KEY)';"
                                + " IF i % 50 = 0 THEN COMMIT; END IF; END LOOP; END $$",
                        WARNING,
                        "the server",
                        "has room for about 350 locks, and reading the schema takes 400 locks at once",
                        "max_locks_per_transaction"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofData")
    void findsTheTrap(Laid trap) {
        StoreUrl store = databases.encoded("UTF8", "C.UTF-8");
        run(store, trap.lay);
        try {
            assertThat(engine.inspect(store).findings()).anySatisfy(finding -> isOf(trap, finding));
        } finally {
            if (!trap.lift.isEmpty()) {
                run(store, trap.lift);
            }
        }
    }

    private static void isOf(Laid trap, Finding finding) {
        assertThat(finding.severity()).isEqualTo(trap.severity);
        assertThat(finding.subject()).startsWith(trap.subject);
        assertThat(finding.message()).contains(trap.what).contains(trap.remedy).doesNotContain("{", "\n");
    }

    @Test
    void findsNothingElseInADatabaseOfPgbench() {
        StoreUrl store = databases.encoded("UTF8", "C.UTF-8");
        run(store, """
                CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
                CREATE TABLE pgbench_tellers (tid int NOT NULL PRIMARY KEY, bid int, tbalance int, filler char(84));
                CREATE TABLE pgbench_accounts (aid int NOT NULL PRIMARY KEY, bid int, abalance int, filler char(84));
                CREATE TABLE pgbench_branches (bid int NOT NULL PRIMARY KEY, bbalance int, filler char(88));
                INSERT INTO pgbench_accounts SELECT n, 1, 0, '' FROM generate_series(1, 10000) n;
                ALTER TABLE pgbench_accounts ADD FOREIGN KEY (bid) REFERENCES pgbench_branches NOT VALID;
                ALTER TABLE pgbench_accounts DROP CONSTRAINT pgbench_accounts_bid_fkey
                """);
        assertThat(engine.inspect(store).findings())
                .extracting(Finding::subject)
                .containsExactly("table public.pgbench_history");
    }

    @Test
    void changesNothing() {
        StoreUrl store = databases.nasty();
        String before = ask(store, "SELECT pg_snapshot_xmax(pg_current_snapshot())");
        engine.inspect(store);
        assertThat(ask(store, "SELECT pg_snapshot_xmax(pg_current_snapshot())")).isEqualTo(before);
    }

    @Test
    void saysWhatADatabaseIs() {
        StoreUrl store = databases.nasty();
        Map<String, @Nullable Object> details = engine.inspect(store).details().values();
        assertThat(details)
                .containsEntry("encoding", "UTF8")
                .containsEntry("collation", "C")
                .containsEntry("collationProvider", "libc")
                .containsEntry("walLevel", "logical")
                .containsEntry("checksums", false)
                .containsEntry("slotLimit", 10)
                .containsEntry("schemas", List.of("Odd Schema", "public"))
                .containsEntry("foreignKeys", Map.of("checked", 4, "notChecked", 0, "violated", List.of()))
                .containsKeys(
                        "extensions",
                        "offeredExtensions",
                        "roles",
                        "slots",
                        "tablespaces",
                        "transactionAge",
                        "counted");
        assertThat(String.valueOf(details.get("relations")))
                .contains("tables=14", "partitions=3", "materializedViews=3");
        assertThat(String.valueOf(details.get("sizes")))
                .startsWith("{heap=" + heap(store) + ", toast=")
                .doesNotContain("toast=0", "indexes=0");
        assertThat(String.valueOf(details.get("largeObjects"))).startsWith("{count=2, bytes=");
    }

    private static String heap(StoreUrl store) {
        return ask(
                store,
                "SELECT sum(pg_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                        + " WHERE relkind IN ('r', 'm') AND nspname IN ('public', 'Odd Schema')");
    }

    @Test
    void aRoleThatIsNoSuperuserSeesWhatItLacksAndWhatItCouldNotSee() {
        StoreUrl store = databases.managed();
        run(store, "CREATE TABLE mine" + KEYED);
        run(
                databases.asSuperuser(store),
                "CREATE TABLE theirs" + KEYED + "; SELECT lo_from_bytea(1, 'x'); CREATE SEQUENCE hidden");
        Inspection inspection = engine.inspect(store);
        assertThat(inspection.findings())
                .extracting(finding -> finding.severity() + " " + finding.subject() + " " + finding.message())
                .anyMatch(line -> line.startsWith("BLOCKER table public.theirs does not belong to master"))
                .anyMatch(line -> line.startsWith("BLOCKER relation public.theirs cannot be read by master"))
                .anyMatch(line -> line.startsWith("BLOCKER relation public.hidden cannot be read by master"))
                .anyMatch(line -> line.startsWith("BLOCKER large object 1 cannot be read by master"))
                .anyMatch(
                        line -> line.startsWith("WARNING check of open transactions of other roles could not be made"))
                .noneMatch(line -> line.contains("permission denied"));
        assertThat(String.valueOf(inspection.details().values().get("role"))).contains("superuser=false");
    }

    @Test
    void saysWhatCouldNotBeRead() {
        StoreUrl store = databases.managed();
        run(databases.asSuperuser(store), "REVOKE SELECT ON pg_publication, pg_sequence FROM PUBLIC");
        assertThat(engine.inspect(store).findings())
                .contains(
                        Finding.warning(
                                "check of publications",
                                "could not be made, for the reason 'permission denied for table pg_publication':"
                                        + " grant what it lacks, or look yourself"),
                        Finding.warning(
                                "check of sequences near their end",
                                "could not be made, for the reason 'permission denied for table pg_sequence':"
                                        + " grant what it lacks, or look yourself"));
    }

    @Test
    void tellsOfACollationThatHasChanged() {
        StoreUrl store = databases.icu("en");
        run(store, "UPDATE pg_database SET datcollversion = '0.1' WHERE datname = current_database()");
        assertThat(messages(store))
                .anyMatch(message -> message.matches("sorts text by version .* of en and was made with version 0.1,.*"
                        + " ALTER DATABASE … REFRESH COLLATION VERSION"));
    }

    @Test
    void saysThatATemporaryTableIsNotCopied() throws SQLException {
        StoreUrl store = databases.fresh();
        try (Connection connection = connect(store);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE passing (a int)");
            assertThat(engine.inspect(store).findings()).anySatisfy(finding -> {
                assertThat(finding.subject()).isEqualTo("temporary table passing");
                assertThat(finding.message()).startsWith("belongs to an open session and is not copied");
            });
        }
    }

    @Test
    void tellsTextThatNobodyChecked() {
        assertThat(messages(databases.encoded("SQL_ASCII", "C")))
                .anyMatch(message -> message.startsWith(
                        "is encoded as SQL_ASCII, so nobody ever checked its text, and what is not UTF8 stops a copy"));
        assertThat(messages(databases.encoded("LATIN1", "C")))
                .anyMatch(message -> message.startsWith("is encoded as LATIN1, and its text is converted"));
    }

    /** In a session where a catalog is hidden behind a table that says what no server here can be made to say. */
    private List<String> messages(StoreUrl store, String catalog, String change) throws SQLException {
        try (PostgresSession session = PostgresSession.open(store)) {
            session.execute("CREATE TEMP TABLE " + catalog + " AS SELECT * FROM pg_catalog." + catalog
                    + "; UPDATE pg_temp." + catalog + " SET " + change);
            return new PostgresInspection(TOOLS)
                    .run(session, store).findings().stream()
                            .map(Finding::message)
                            .toList();
        }
    }

    private List<String> messages(StoreUrl store) {
        return engine.inspect(store).findings().stream().map(Finding::message).toList();
    }

    @Test
    void tellsAnAlpineImageByHowItSorts() throws SQLException {
        assertThat(messages(databases.fresh(), "pg_database", "datcollate = 'en_US.utf8'"))
                .anyMatch(message ->
                        message.startsWith("says that it sorts text as en_US.utf8 but sorts it byte by byte"));
        assertThat(messages(databases.fresh()))
                .anyMatch(message -> message.startsWith("sorts text as C, byte by byte"));
    }

    @Test
    void tellsOfTransactionNumbersThatRunOut() throws SQLException {
        assertThat(messages(databases.fresh(), "pg_database", "datfrozenxid = '3000000000'"))
                .anyMatch(message -> message.startsWith("has used 60 % of the transaction numbers"));
    }

    @Test
    void tellsOfATransactionThatAFenceWouldWaitFor() throws SQLException {
        StoreUrl store = databases.fresh();
        assertThat(
                        messages(
                                store,
                                "pg_stat_activity",
                                "pid = 4711, application_name = 'app', xact_start = now() - interval '1 hour' WHERE pid = pg_backend_pid()"))
                .anyMatch(message -> message.startsWith("has had a transaction open for more than ten minutes"));
    }

    @Test
    void saysThatPgDumpIsMissing() {
        PostgresEngine bare = new PostgresEngine(PostgresTools.find(Map.of("PATH", "/nowhere")));
        assertThat(bare.inspect(databases.fresh()).findings()).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(BLOCKER);
            assertThat(finding.subject()).isEqualTo("pg_dump");
            assertThat(finding.message()).contains("install the PostgreSQL client 15 or later");
        });
    }

    @Test
    void namesWhatIsNoDetailOfAnother() {
        List<Detail> details = engine.inspect(databases.fresh()).details().all();
        assertThat(details).extracting(Detail::name).doesNotHaveDuplicates();
    }
}
