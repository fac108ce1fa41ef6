package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Repair;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.postgres.copy.Sequences;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresRepairIT extends WithDatabases {
    private static final PostgresEngine ENGINE = new PostgresEngine(PostgresTools.find(System.getenv()));
    /** Lets writes pass that ask no foreign key, trigger or rule; what it switches off is put as it was. */
    private static final String UNGUARDED = """
            SET session_replication_role = replica;
            ALTER TABLE watched DISABLE TRIGGER always, DISABLE TRIGGER replica;
            ALTER TABLE ruled DISABLE RULE twice;
            """;

    private static final String GUARDED_AGAIN = """
            ; ALTER TABLE watched ENABLE ALWAYS TRIGGER always, ENABLE REPLICA TRIGGER replica;
            ALTER TABLE ruled ENABLE ALWAYS RULE twice
            """;

    private static StoreUrl nasty;
    private static StoreUrl copyOfNasty;
    private static StoreUrl guarded;
    private static StoreUrl copyOfGuarded;

    @BeforeAll
    static void start() {
        nasty = databases.nasty();
        copyOfNasty = copyOf(nasty);
        guarded = databases.filled("guarded.sql");
        copyOfGuarded = copyOf(guarded);
    }

    private static StoreUrl copyOf(StoreUrl source) {
        StoreUrl target = databases.managed();
        ENGINE.copy(source, target, CopyOptions.unfenced(), Progress.SILENT);
        return target;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE odd_values SET b = '\\x00ff0a5d' WHERE id = 21",
                "UPDATE odd_values SET js = '{\"b\": 1, \"a\":[1, 2], \"b\": 2}' WHERE id = 30",
                "UPDATE odd_values SET f8 = 0.0 WHERE id = 21",
                "UPDATE odd_values SET t = '' WHERE id = 1",
                "UPDATE odd_values SET t = NULL WHERE id = 6",
                "UPDATE odd_values SET t = 'short' WHERE id = 8",
                "DELETE FROM odd_values",
                "DELETE FROM reading WHERE id = 17",
                "INSERT INTO empty_table VALUES (5)",
                "DELETE FROM no_key WHERE ctid = '(0,1)'",
                "INSERT INTO no_key VALUES (NULL, NULL)",
                "INSERT INTO no_columns DEFAULT VALUES",
                "UPDATE \"Odd Schema\".\"Table with \"\"quotes\"\" and spaces\" SET \"naïve\" = 'x' WHERE \"Column One\" = 7",
                "UPDATE measurement SET value = 0 WHERE taken = '2021-02-01'",
                "DELETE FROM person WHERE id = 499",
                "UPDATE person SET balance = 0 WHERE id = 1",
                "DELETE FROM excluded; INSERT INTO excluded VALUES ('[2020-01-15,2020-02-15)')",
                "DELETE FROM dropped_column",
                "UPDATE child_table SET kind = 'other'; UPDATE ONLY parent_table SET kind = 'too'",
                "TRUNCATE unlogged_table, secured",
                "SELECT nextval('ticket')",
                "SELECT setval('untouched', 1, true)",
                "SELECT lo_put(4711, 5, 'x')",
                "SELECT lo_unlink(4712)",
                "SELECT lo_create(4713)",
            })
    void repairsTheOneThingThatDiffers(String change) {
        StoreUrl target = databases.cloneOf(copyOfNasty);
        run(target, change);
        assertThat(ENGINE.compare(nasty, target, Progress.SILENT)).isInstanceOf(Comparison.Different.class);
        Repair repair = ENGINE.repair(nasty, target, Progress.SILENT);
        assertThat(repair.after()).isInstanceOf(Comparison.Same.class);
        assertThat(repair.done()).isNotEmpty();
        assertThat(repair.left()).isEmpty();
    }

    @Test
    void repairsEverythingAtOnceAsAMereOwnerAndTouchesNoOtherRow() {
        StoreUrl target = databases.cloneOf(copyOfGuarded);
        run(databases.asSuperuser(target), UNGUARDED + """
                DELETE FROM parent WHERE id IN (5, 6);
                INSERT INTO parent VALUES (500, 'tag 5', 1, 'surplus'), (501, 'free', NULL, 'surplus');
                UPDATE child SET parent = 501 WHERE id = 20;
                INSERT INTO child VALUES (2000, 501, 'would go with its parent'), (2001, 1, 'one more of this parent');
                UPDATE tree SET up = 77 WHERE id = 1;
                DELETE FROM tree WHERE id = 2;
                UPDATE orphan SET parent = 4712 WHERE id = 2;
                UPDATE watched SET text = 'other' WHERE id = 3;
                DELETE FROM watched WHERE id = 4;
                INSERT INTO watched VALUES (99, 'surplus');
                UPDATE ruled SET text = 'other' WHERE id = 3;
                INSERT INTO ruled VALUES (99, 'surplus');
                UPDATE slot SET (place, seat, during) = (100, 100, '[1000,1001)') WHERE id = 1;
                UPDATE slot SET (place, seat, during) = (1, 1, '[10,20)') WHERE id = 2;
                UPDATE slot SET (place, seat, during) = (2, 2, '[20,30)') WHERE id = 1;
                UPDATE numbered SET a = 0 WHERE id = 3;
                DELETE FROM numbered WHERE id = 10;
                DELETE FROM bag WHERE ctid IN ('(0,1)', '(0,2)');
                INSERT INTO bag VALUES (3, 'once');
                INSERT INTO bare DEFAULT VALUES;
                UPDATE price SET amount = 1.00 WHERE amount = 1;
                UPDATE part SET kind = 'b' WHERE id = 2;
                UPDATE derived SET text = 'other';
                INSERT INTO base VALUES (3, 'surplus');
                UPDATE guarded SET owner = 'x' WHERE id = 2;
                REFRESH MATERIALIZED VIEW z_lower;
                REFRESH MATERIALIZED VIEW a_upper;
                SELECT lo_put(4711, 0, 'C'), lo_unlink(4712), lo_put(4714, 1400000, 'x'),
                       setval('free', 99), nextval('fresh'), setval('numbered_id_seq', 3, false)
                """ + GUARDED_AGAIN);
        run(target, "SELECT lo_from_bytea(4713, 'surplus')");
        String untouched = places(target);
        Repair repair = ENGINE.repair(guarded, target, Progress.SILENT);
        assertThat(repair.after()).as(repair.toString()).isInstanceOf(Comparison.Same.class);
        assertThat(repair.left()).isEmpty();
        assertThat(mended(repair))
                .containsExactlyInAnyOrder(
                        "public.parent -2 +2",
                        "public.child -3 +1",
                        "public.tree -1 +2",
                        "public.orphan -1 +1",
                        "public.watched -2 +2",
                        "public.ruled -2 +1",
                        "public.slot -2 +2",
                        "public.numbered -1 +2",
                        "public.bag -1 +2",
                        "public.bare -1 +0",
                        "public.price -1 +1",
                        "public.part_a -0 +1",
                        "public.part_b -1 +0",
                        "public.derived -1 +1",
                        "public.base -1 +0",
                        "public.guarded -1 +1",
                        "materialized view public.a_upper -0 +0",
                        "materialized view public.z_lower -0 +0",
                        "large object 4711 -0 +0",
                        "large object 4712 -0 +0",
                        "large object 4713 -0 +0",
                        "large object 4714 -0 +0",
                        "position of sequence public.free -0 +0",
                        "position of sequence public.fresh -0 +0",
                        "position of sequence public.numbered_id_seq -0 +0");
        assertThat(places(target))
                .as("rows that did not differ are where they were")
                .contains(untouched.split("\n"));
        assertThat(ask(
                        target,
                        "SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conname = 'favourite'"))
                .isEqualTo("A cycle; 'quoted'");
        assertThat(ask(target, "INSERT INTO numbered (a) VALUES (1) RETURNING id || ' ' || twice"))
                .isEqualTo("11 2");
        assertThatThrownBy(() -> run(target, "INSERT INTO watched VALUES (100, 'x')"))
                .hasMessageContaining("no writing here");
        assertThatThrownBy(() -> run(target, "UPDATE pointer SET kind = 'c' WHERE id = 1"))
                .hasMessageContaining("violates foreign key constraint");
    }

    /** Where each row is that this test leaves alone, and who wrote it. */
    private static String places(StoreUrl target) {
        StringBuilder places = new StringBuilder();
        new TreeMap<>(Map.of(
                        "parent", "id NOT IN (5, 6, 500, 501)",
                        "child", "id NOT IN (20, 2000, 2001)",
                        "tree", "id > 2",
                        "watched", "id NOT IN (3, 4, 99)",
                        "slot", "id > 2",
                        "pointer", "true",
                        "part_a", "id <> 2",
                        "apart", "true"))
                .forEach((table, condition) -> places.append(ask(
                                databases.asSuperuser(target),
                                "SELECT string_agg('" + table
                                        + " ' || ctid || ' ' || xmin || ' ' || xmax, E'\\n' ORDER BY ctid) FROM "
                                        + table + " WHERE " + condition))
                        .append('\n'));
        return places.toString();
    }

    private static List<String> mended(Repair repair) {
        return repair.done().stream()
                .map(each -> each.item() + " -" + each.removed() + " +" + each.written())
                .toList();
    }

    @Test
    void doesNothingWhereBothAreTheSame() {
        StoreUrl target = databases.cloneOf(copyOfGuarded);
        Repair repair = ENGINE.repair(guarded, target, Progress.SILENT);
        assertThat(repair.after()).isInstanceOf(Comparison.Same.class);
        assertThat(repair.done()).isEmpty();
    }

    @Test
    void namesWhatItLeavesAndRepairsTheRest() {
        StoreUrl target = databases.cloneOf(copyOfNasty);
        run(target, """
                ALTER TABLE odd_values ALTER o TYPE bigint;
                UPDATE odd_values SET t = 'x' WHERE id = 2;
                DROP INDEX person_mail;
                ALTER SEQUENCE ticket INCREMENT 3;
                SELECT setval('ticket', 1000);
                DELETE FROM reading WHERE id = 17
                """);
        Repair repair = ENGINE.repair(nasty, target, Progress.SILENT);
        assertThat(mended(repair)).containsExactly("public.reading -0 +1");
        assertThat(repair.left())
                .extracting(Finding::subject)
                .containsExactly("public.odd_values", "the target's schema");
        assertThat(repair.after())
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.first())
                                .extracting(Comparison.Difference::item)
                                .containsExactly(
                                        "column public.odd_values.o",
                                        "index person_mail on public.person",
                                        "sequence public.ticket",
                                        "position of sequence public.ticket",
                                        "public.odd_values id=2"));
        assertThat(ask(target, "SELECT t FROM odd_values WHERE id = 2")).isEqualTo("x");
    }

    @Test
    void fillsAMaterializedViewThatTheTargetHasNeverFilled() {
        StoreUrl target = databases.cloneOf(copyOfGuarded);
        run(target, "REFRESH MATERIALIZED VIEW a_upper WITH NO DATA; REFRESH MATERIALIZED VIEW z_lower WITH NO DATA");
        Repair repair = ENGINE.repair(guarded, target, Progress.SILENT);
        assertThat(repair.after()).isInstanceOf(Comparison.Same.class);
        assertThat(repair.left()).as("what has become right is not left").isEmpty();
    }

    @Test
    void changesNothingWhenSomebodyElseChangesARowMeanwhile() {
        StoreUrl target = databases.cloneOf(copyOfGuarded);
        run(target, "UPDATE price SET text = 'x' WHERE amount = 1; UPDATE bag SET b = 'y' WHERE a = 3");
        AtomicBoolean written = new AtomicBoolean();
        assertThatThrownBy(() -> ENGINE.repair(guarded, target, amount -> {
                    if (!written.getAndSet(true)) {
                        run(target, "UPDATE price SET text = 'z' WHERE amount = 1");
                    }
                }))
                .isInstanceOf(CopyFailed.class)
                .hasMessageContaining("could not serialize access due to concurrent update")
                .hasMessageContaining("nothing was changed");
        assertThat(ask(target, "SELECT text FROM price WHERE amount = 1")).isEqualTo("z");
        assertThat(ask(target, "SELECT b FROM bag WHERE a = 3")).isEqualTo("y");
    }

    @Test
    void changesNothingWhenTheTargetRefusesARow() {
        StoreUrl target = databases.cloneOf(copyOfGuarded);
        run(target, """
                UPDATE bag SET b = 'y' WHERE a = 3;
                SELECT nextval('free');
                DELETE FROM price;
                ALTER TABLE price ADD CONSTRAINT narrow CHECK (amount < 2)
                """);
        String before = ask(target, "SELECT last_value FROM free");
        assertThatThrownBy(() -> ENGINE.repair(guarded, target, Progress.SILENT))
                .isInstanceOf(CopyFailed.class)
                .hasMessageContaining("violates check constraint \"narrow\"")
                .hasMessageNotContaining("2.50");
        assertThat(ask(target, "SELECT b FROM bag WHERE a = 3")).isEqualTo("y");
        assertThat(ask(target, "SELECT last_value FROM free")).isEqualTo(before);
        assertThat(ask(target, "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conparentid = 0"))
                .isEqualTo(ask(guarded, "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conparentid = 0"));
    }

    @Test
    void takesTheSequencesBackWhenTheRepairFailsAfterThem() throws SQLException {
        StoreUrl target = databases.cloneOf(copyOfGuarded);
        run(target, "SELECT setval('fresh', 77), setval('free', 88)");
        try (PostgresSession here = PostgresSession.open(guarded);
                PostgresSession there = PostgresSession.open(target)) {
            here.holdSnapshot();
            assertThatThrownBy(() -> there.transaction(() -> {
                        Sequences.restart(here, there, Set.of("public.fresh", "public.free"));
                        throw new IllegalStateException("too late");
                    }))
                    .hasMessage("too late");
        }
        assertThat(ask(target, "SELECT (SELECT last_value FROM fresh) || ' ' || (SELECT last_value FROM free)"))
                .isEqualTo("77 88");
    }

    @Test
    void aRepairThatIsKilledHasChangedNothingAndTheNextOneRepairs() throws IOException {
        StoreUrl target = databases.cloneOf(copyOfGuarded);
        run(target, "UPDATE price SET text = 'x'; UPDATE bag SET b = 'y'; SELECT nextval('free')");
        Process repair = start(guarded, target);
        try (BufferedReader said = repair.inputReader()) {
            assertThat(said.readLine()).isEqualTo("enough");
        } finally {
            repair.destroyForcibly().onExit().join();
        }
        assertThat(ask(target, "SELECT string_agg(DISTINCT text, ' ') FROM price"))
                .isEqualTo("x");
        assertThat(ask(target, "SELECT string_agg(DISTINCT b, ' ') FROM bag")).isEqualTo("y");
        assertThat(ENGINE.repair(guarded, target, Progress.SILENT).after()).isInstanceOf(Comparison.Same.class);
    }

    private static Process start(StoreUrl source, StoreUrl target) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                RepairInAnotherProcess.class.getName(),
                source.reveal(),
                target.reveal());
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    @Test
    void refusesATargetThatIsFencedOrHalfCopied() {
        StoreUrl target = databases.cloneOf(copyOfGuarded);
        FenceToken token = new FenceToken("shop", 1);
        ENGINE.fence(target, token);
        assertThatThrownBy(() -> ENGINE.repair(guarded, target, Progress.SILENT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("fenced by shop#1");
        ENGINE.unfence(target, token);
        run(target, "CREATE SCHEMA slipway; CREATE TABLE slipway.copy ()");
        assertThatThrownBy(() -> ENGINE.repair(guarded, target, Progress.SILENT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("run the copy again");
    }

    @Test
    void refusesToMakeAForeignKeyAnewThatASuperuserHasSwitchedOff() {
        StoreUrl target = databases.cloneOf(copyOfGuarded);
        run(databases.asSuperuser(target), "ALTER TABLE tree DISABLE TRIGGER ALL; DELETE FROM tree WHERE id = 9");
        assertThatThrownBy(() -> ENGINE.repair(guarded, target, Progress.SILENT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("foreign key tree_up_fkey of public.tree");
    }

    @Test
    void saysThatItCannotTellWhereItMayNotRead() {
        StoreUrl target = databases.cloneOf(copyOfGuarded);
        run(target, "ALTER TABLE guarded FORCE ROW LEVEL SECURITY");
        assertThat(ENGINE.repair(guarded, target, Progress.SILENT).after()).isInstanceOf(Comparison.Unknown.class);
    }

    @Test
    void repairsMoreRowsThanItHoldsInMemoryAtOnce() {
        StoreUrl source = databases.fresh();
        run(source, "CREATE TABLE t AS SELECT n AS id, n % 7 AS small FROM generate_series(1, 280000) n");
        run(source, "ALTER TABLE t ADD PRIMARY KEY (id)");
        StoreUrl target = copyOf(source);
        run(target, "UPDATE t SET small = small + 1 WHERE id % 10 <> 0");
        Repair repair = ENGINE.repair(source, target, Progress.SILENT);
        assertThat(mended(repair)).containsExactly("public.t -252000 +252000");
        assertThat(repair.after()).isInstanceOf(Comparison.Same.class);
    }
}
