package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresCompareIT extends WithDatabases {
    private static final FenceToken TOKEN = new FenceToken("shop", 1);

    private static StoreUrl source;
    private static StoreUrl copy;
    private final PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));

    @BeforeAll
    static void start() {
        source = databases.nasty();
        copy = databases.managed();
        PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));
        engine.fence(source, TOKEN);
        engine.copy(source, copy, TOKEN, Progress.SILENT);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            UPDATE odd_values SET b = '\\x00ff0a5d' WHERE id = 21          | BOTH        | public.odd_values id=21 | different in b
            UPDATE odd_values SET js = '{"b": 1, "a":[1, 2], "b": 2}' WHERE id = 30 | BOTH | public.odd_values id=30 | different in js
            UPDATE odd_values SET f8 = 0.0 WHERE id = 21                   | BOTH        | public.odd_values id=21 | different in f8
            UPDATE odd_values SET t = '' WHERE id = 1                      | BOTH        | public.odd_values id=1  | different in t
            UPDATE odd_values SET t = NULL WHERE id = 6                    | BOTH        | public.odd_values id=6  | different in t
            DELETE FROM reading WHERE id = 17                              | ONLY_SOURCE | public.reading id=17    | ``
            INSERT INTO empty_table VALUES (5)                             | ONLY_TARGET | public.empty_table id=5 | ``
            DELETE FROM no_key WHERE ctid = '(0,1)'                        | ONLY_SOURCE | public.no_key row       | ``
            INSERT INTO no_key VALUES (NULL, NULL)                         | ONLY_TARGET | public.no_key row       | ``
            UPDATE "Odd Schema"."Table with ""quotes"" and spaces" SET "naïve" = 'x' WHERE "Column One" = 7 | BOTH | "Odd Schema"."Table with ""quotes"" and spaces" select=k7, Column One=7 | different in naïve
            UPDATE measurement SET value = 0 WHERE taken = '2021-02-01'    | BOTH        | public.measurement_rest taken=2021-02-01 | different in value
            ALTER TABLE person ALTER name SET DEFAULT 'somebody'           | BOTH        | column public.person.name | default 'somebody'
            ALTER TABLE odd_values ALTER o TYPE bigint                     | BOTH        | column public.odd_values.o | bigint
            ALTER TABLE odd_values DROP COLUMN x                           | ONLY_SOURCE | column public.odd_values.x | ``
            DROP INDEX odd_json                                            | ONLY_SOURCE | index odd_json on public.odd_values | ``
            ALTER TABLE reading DROP CONSTRAINT reading_taken_place_fkey   | ONLY_SOURCE | constraint reading_taken_place_fkey on public.reading | ``
            CREATE TABLE more (id int PRIMARY KEY)                         | ONLY_TARGET | table public.more | ``
            DROP TABLE secured                                             | ONLY_SOURCE | table public.secured | ``
            ALTER TYPE mood ADD VALUE 'angry'                              | BOTH        | type public.mood | 'angry'
            SELECT nextval('ticket')                                       | BOTH        | position of sequence public.ticket | 114
            SELECT setval('untouched', 1, true)                            | BOTH        | position of sequence public.untouched | not yet
            ALTER TABLE person DISABLE TRIGGER person_touch                | BOTH        | trigger person_touch on public.person | D
            CREATE OR REPLACE FUNCTION shout(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1' | BOTH | function public.shout(text) | SELECT $1
            CREATE OR REPLACE VIEW happy AS SELECT id, name, (home).street FROM person | BOTH | view public.happy | FROM public.person
            SELECT lo_put(4711, 5, 'x')                                    | BOTH        | large object 4711 | source
            DROP POLICY mine ON secured                                    | ONLY_SOURCE | policy mine on public.secured | ``
            """)
    void findsTheOneThingThatDiffers(String change, Side side, String item, String detail) {
        StoreUrl target = databases.cloneOf(copy);
        run(target, change);
        assertThat(engine.compare(source, target, Progress.SILENT))
                .isInstanceOfSatisfying(Comparison.Different.class, different -> {
                    assertThat(different.total()).isPositive();
                    assertThat(different.first()).anySatisfy(found -> assertIs(found, side, item, detail));
                });
    }

    @Test
    void callsACopyTheSameInBothDirections() {
        assertThat(engine.compare(source, copy, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        assertThat(engine.compare(copy, source, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void countsAllDifferencesAndListsTheFirstTwentyOfATable() {
        StoreUrl target = databases.cloneOf(copy);
        run(
                target,
                "ALTER TABLE person DISABLE TRIGGER USER; UPDATE person SET balance = 0; ALTER TABLE person ENABLE TRIGGER USER");
        run(target, "REFRESH MATERIALIZED VIEW z_first");
        assertThat(engine.compare(source, target, Progress.SILENT))
                .isInstanceOfSatisfying(Comparison.Different.class, different -> {
                    assertThat(different.total()).isEqualTo(499 + 6);
                    assertThat(different.first()).hasSize(20 + 6);
                    assertThat(different.first().getFirst().item()).isEqualTo("public.person id=1");
                });
    }

    @Test
    void doesNotTakeWhatItMayNotReadForSame() {
        StoreUrl target = databases.cloneOf(copy);
        run(databases.asSuperuser(target), "CREATE SCHEMA sealed; CREATE TABLE sealed.t AS SELECT 1 AS id");
        StoreUrl other = databases.cloneOf(source);
        run(other, "SET transaction_read_only = off; CREATE SCHEMA sealed; CREATE TABLE sealed.t AS SELECT 1 AS id");
        assertThat(engine.compare(other, target, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("permission denied for schema sealed"));
    }

    private static void assertIs(Difference found, Side side, String item, String detail) {
        assertThat(found.side()).isEqualTo(side);
        assertThat(found.item()).startsWith(item);
        assertThat(found.detail()).contains(detail == null ? "" : detail);
    }
}
