package dev.slipway.postgres;

import static dev.slipway.migration.Severity.BLOCKER;
import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.connect;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Detail;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.inspect.PostgresInspection;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.tools.PostgresTools;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An inspection says what a database is, what of it could not be seen, and what no trap that is laid can show. */
class PostgresInspectIT extends WithTraps {
    private static final String KEYED = " (id int PRIMARY KEY)";

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
