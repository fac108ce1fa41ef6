package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresCopyIT extends WithDatabases {
    private static final FenceToken TOKEN = new FenceToken("shop", 1);

    private final PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));

    @Test
    void copiesEverythingThatEverWentWrongToAMereOwner() {
        StoreUrl source = databases.nasty();
        StoreUrl target = databases.managed();
        engine.fence(source, TOKEN);
        List<Progress.Amount> heard = new CopyOnWriteArrayList<>();
        assertThat(engine.copy(source, target, TOKEN, heard::add))
                .isInstanceOfSatisfying(CopyOutcome.Copied.class, done -> {
                    assertThat(done.items()).isGreaterThan(1200);
                    assertThat(done.bytes()).isGreaterThan(1_000_000);
                });
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        assertThat(heard).isNotEmpty();
        assertThat(ask(target, "SELECT count(*) FROM pg_namespace WHERE nspname = 'slipway'"))
                .isEqualTo("0");
        assertThat(ask(target, "SELECT nextval('ticket')")).isEqualTo("114");
        assertThat(ask(target, "INSERT INTO person (name) VALUES ('new') RETURNING id || loud"))
                .isEqualTo("501NEW!");
    }

    @Test
    void sendsNothingTheSecondTime() {
        StoreUrl source = databases.nasty();
        StoreUrl target = databases.managed();
        engine.fence(source, TOKEN);
        engine.copy(source, target, TOKEN, Progress.SILENT);
        assertThat(engine.copy(source, target, TOKEN, Progress.SILENT)).isInstanceOf(CopyOutcome.Skipped.class);
    }

    @Test
    void replacesWhatAnotherFenceLeftBehind() {
        StoreUrl source = databases.nasty();
        StoreUrl target = databases.managed();
        engine.fence(source, TOKEN);
        engine.copy(source, target, TOKEN, Progress.SILENT);
        engine.fence(target, TOKEN);
        engine.unfence(source, TOKEN);
        run(source, "UPDATE person SET name = 'changed' WHERE id = 3");
        FenceToken second = new FenceToken("shop", 2);
        engine.fence(source, second);
        assertThat(engine.copy(source, target, second, Progress.SILENT)).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void refusesWithoutAFenceOrWithSomebodyElses() {
        StoreUrl source = databases.nasty();
        StoreUrl target = databases.managed();
        assertThatThrownBy(() -> engine.copy(source, target, TOKEN, Progress.SILENT))
                .isInstanceOf(FenceBroken.class);
        engine.fence(source, new FenceToken("shop", 2));
        assertThatThrownBy(() -> engine.copy(source, target, TOKEN, Progress.SILENT))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("shop#2");
        assertThat(ask(target, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("0");
    }

    @Test
    void quotesTheServersFirstErrorWhenTheTargetRefuses() {
        StoreUrl source = databases.fresh();
        run(source, "CREATE TABLE t (id int, CHECK (current_user <> 'master')); INSERT INTO t VALUES (1)");
        StoreUrl target = databases.managed();
        engine.fence(source, TOKEN);
        assertThatThrownBy(() -> engine.copy(source, target, TOKEN, Progress.SILENT))
                .isInstanceOf(CopyFailed.class)
                .hasMessageContaining("violates check constraint \"t_check\"")
                .hasMessageNotContaining("m4ster");
    }

    @Test
    void findsWhatFunctionsInChecksAndIndexesNameByTheAppsPath() {
        StoreUrl source = databases.fresh();
        run(source, "CREATE SCHEMA app; ALTER DATABASE " + source.path() + " SET search_path = app, public");
        run(source, """
                CREATE TABLE limits (most int);
                INSERT INTO limits VALUES (100);
                CREATE FUNCTION allowed(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1 <= (SELECT most FROM limits); END';
                CREATE FUNCTION helper(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper($1)';
                CREATE FUNCTION folded(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN helper($1); END';
                CREATE TABLE checked (id int PRIMARY KEY CHECK (allowed(id)), name text, fold text GENERATED ALWAYS AS (folded(name)) STORED);
                INSERT INTO checked VALUES (1, 'one'), (2, 'two');
                CREATE INDEX ON checked (folded(name));
                CREATE MATERIALIZED VIEW folded_names AS SELECT folded(name) FROM checked;
                CREATE TABLE copied_after_an_index (id int PRIMARY KEY CHECK (allowed(id)));
                INSERT INTO copied_after_an_index VALUES (1);
                """);
        StoreUrl target = databases.managed();
        assertThat(engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Copied.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void copiesTextThatNobodyEverCheckedByteForByte() {
        StoreUrl source = databases.encoded("SQL_ASCII", "C");
        run(source, """
                CREATE TABLE unchecked (id int PRIMARY KEY, name text, more text[]);
                INSERT INTO unchecked VALUES (1, E'\\351t\\351', ARRAY[E'\\377']), (2, 'plain', '{}');
                """);
        StoreUrl target = databases.encoded("SQL_ASCII", "C");
        engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        assertThat(ask(target, "SELECT encode(name::bytea, 'hex') FROM unchecked WHERE id = 1"))
                .isEqualTo("e974e9");
        run(target, "UPDATE unchecked SET name = E'\\352t\\351' WHERE id = 1");
        assertThat(engine.compare(source, target, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different ->
                                assertThat(different.first().getFirst().item()).isEqualTo("public.unchecked id=1"));
    }

    @Test
    void leavesNothingOutForANameThatBeginsAsOneOfOurs() {
        StoreUrl source = databases.fresh();
        run(source, """
                CREATE SCHEMA "public matters";
                CREATE TABLE "public matters".told (id int);
                CREATE SCHEMA "slipway too";
                CREATE TRIGGER "a slipway_fence b" BEFORE UPDATE ON "public matters".told
                    FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
                """);
        StoreUrl target = databases.managed();
        engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void movesADatabaseWhoseEncodingHasFewCharacters() {
        StoreUrl source = databases.encoded("LATIN1", "C");
        run(source, "CREATE TABLE \"caf\u00e9\" (name text PRIMARY KEY); INSERT INTO \"caf\u00e9\" VALUES ('\u00e4')");
        assertThat(engine.inspect(source).findings())
                .noneSatisfy(finding -> assertThat(finding.message()).contains("could not be made"));
        engine.fence(source, TOKEN);
        StoreUrl target = databases.encoded("UTF8", "C");
        engine.copy(source, target, TOKEN, Progress.SILENT);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        engine.unfence(source, TOKEN);
        run(source, "INSERT INTO \"caf\u00e9\" VALUES ('more')");
    }

    @Test
    void carriesOptionsInWhicheverOrder() {
        StoreUrl source = databases.fresh();
        run(
                source,
                "CREATE FOREIGN DATA WRAPPER wrapper OPTIONS (debug 'true', \"Odd\" 'x');"
                        + " CREATE SERVER elsewhere FOREIGN DATA WRAPPER wrapper OPTIONS (port '1', host 'h');"
                        + " CREATE FOREIGN TABLE far (id int OPTIONS (z '1', a '2')) SERVER elsewhere OPTIONS (z '1', a '2')");
        StoreUrl target = databases.fresh();
        engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void copiesWhatAnExtensionIsUsedFor() {
        StoreUrl source = databases.fresh();
        run(source, """
                CREATE EXTENSION citext;
                CREATE SCHEMA tools;
                CREATE EXTENSION hstore SCHEMA tools;
                CREATE EXTENSION pg_trgm SCHEMA tools;
                CREATE TABLE a (name citext PRIMARY KEY, facts tools.hstore);
                INSERT INTO a VALUES ('Upper', 'x=>1'), ('lower', 'y=>NULL');
                CREATE INDEX a_name ON a USING gin ((name::text) tools.gin_trgm_ops)
                """);
        StoreUrl target = databases.managed();
        engine.fence(source, TOKEN);
        assertThat(engine.copy(source, target, TOKEN, Progress.SILENT)).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        assertThat(ask(target, "SELECT facts::text FROM a WHERE name = 'upper'"))
                .isEqualTo("\"x\"=>\"1\"");
        engine.unfence(source, TOKEN);
        run(source, "INSERT INTO a VALUES ('new', '')");
        engine.fence(source, new FenceToken("shop", 2));
        // The extensions stay where they are, in the schemas that are made anew around them.
        assertThat(engine.copy(source, target, new FenceToken("shop", 2), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Copied.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void saysThatTheTargetIsGoneWhenItIsKilledMidway(@TempDir Path elsewhere) throws IOException {
        StoreUrl source = databases.nasty();
        run(source, "CREATE TABLE big AS SELECT repeat(md5(n::text), 100) AS text FROM generate_series(1, 3000) n");
        engine.fence(source, TOKEN);
        try (Databases other = new Databases(elsewhere)) {
            StoreUrl target = other.managed();
            assertThatThrownBy(() -> engine.copy(source, target, TOKEN, amount -> other.kill()))
                    .isInstanceOf(StoreUnreachable.class)
                    .hasMessageContaining("db1");
        }
        assertThat(engine.fenced(source)).contains(TOKEN);
    }

    @Test
    void leavesAForeignKeyUnprovedThatTheSourceViolates() {
        StoreUrl source = databases.fresh();
        run(source, """
                CREATE TABLE a (id int PRIMARY KEY);
                CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a ON DELETE CASCADE, other int REFERENCES a);
                SET session_replication_role = replica;
                INSERT INTO b VALUES (1, 99, NULL)
                """);
        StoreUrl target = databases.managed();
        engine.fence(source, TOKEN);
        assertThat(engine.copy(source, target, TOKEN, Progress.SILENT))
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.findings())
                                .anySatisfy(finding -> assertThat(finding.subject() + " " + finding.message())
                                        .startsWith("public.b b_a_fkey is violated by rows of the source")
                                        .contains("NOT VALID")));
        assertThat(ask(target, "SELECT string_agg(conname, ',') FROM pg_constraint WHERE NOT convalidated"))
                .isEqualTo("b_a_fkey");
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        engine.unfence(source, TOKEN);
        run(source, "INSERT INTO a VALUES (99)");
        run(target, "INSERT INTO a VALUES (99)");
        assertThat(engine.compare(source, target, Progress.SILENT))
                .as("nothing violates it any more")
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.first())
                                .singleElement()
                                .satisfies(found ->
                                        assertThat(found.item()).isEqualTo("constraint b_a_fkey on public.b")));
    }

    @Test
    void leavesAForeignKeyUnprovedThatIsNullInPartWhereAllOrNothingMustBe() {
        StoreUrl source = databases.fresh();
        run(source, """
                CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));
                CREATE TABLE b (id int PRIMARY KEY, x int, y int, FOREIGN KEY (x, y) REFERENCES a MATCH FULL);
                SET session_replication_role = replica;
                INSERT INTO b VALUES (1, 7, NULL)
                """);
        StoreUrl target = databases.managed();
        engine.fence(source, TOKEN);
        engine.copy(source, target, TOKEN, Progress.SILENT);
        assertThat(ask(target, "SELECT string_agg(conname, ',') FROM pg_constraint WHERE NOT convalidated"))
                .isEqualTo("b_x_y_fkey");
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }
}
