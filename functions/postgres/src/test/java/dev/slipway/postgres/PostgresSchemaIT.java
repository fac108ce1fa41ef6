package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pg_dump says of a source it says of the copy on another server, whose roles are its own. */
class PostgresSchemaIT extends WithDatabases {
    private static final PostgresTools TOOLS = PostgresTools.find(System.getenv());

    /** What pg_dump does not tell of a key. */
    private static final String PROPERTIES = """
            SELECT string_agg(concat_ws(' ', k.conrelid::regclass, k.conname, k.contype, k.conislocal, k.coninhcount, k.convalidated,
                              i.indisprimary, i.indimmediate, i.indisvalid, i.indisreplident, i.indisclustered, i.indkey,
                              (SELECT count(*) FROM pg_depend d WHERE d.objid IN (i.indexrelid, k.oid)),
                              (SELECT count(*) FROM pg_trigger t WHERE t.tgconstraint = k.oid)),
                              E'\\n' ORDER BY k.conrelid::regclass::text COLLATE "C", k.conname COLLATE "C")
              FROM pg_constraint k LEFT JOIN pg_index i ON i.indexrelid = k.conindid
              JOIN pg_class c ON c.oid = k.conrelid AND c.relkind = 'r'
             WHERE k.contype <> 'f' AND k.connamespace = '"Keys of; all"'::regnamespace
            """;

    @TempDir
    static Path elsewhere;

    static Databases others;

    private static StoreUrl copiedFrom;
    private static StoreUrl managed;
    private static StoreUrl copied;

    private final PostgresEngine engine = new PostgresEngine(TOOLS);

    @BeforeAll
    static void startOther() throws IOException {
        others = new Databases(elsewhere);
        copiedFrom = databases.everyObject();
        // Since 16 a role belongs to who made it: here that is the mere owner.
        managed = others.managed();
        new PostgresEngine(TOOLS).copy(copiedFrom, managed, CopyOptions.unfenced(), Progress.SILENT);
        copied = others.fresh();
        new PostgresEngine(TOOLS).copy(copiedFrom, copied, CopyOptions.unfenced(), Progress.SILENT);
    }

    @AfterAll
    static void stopOther() {
        others.close();
    }

    @Test
    void carriesEveryKindOfObjectFromSuperuserToSuperuser() throws IOException {
        StoreUrl source = databases.everyObjectOfASuperuser();
        StoreUrl target = others.fresh();
        copy(source, target);
        assertSame(source, target);
        assertThat(dump(target)).isEqualTo(dump(source).replaceAll("(?s)CREATE USER MAPPING .*?\\);\n", ""));
    }

    @Test
    void carriesEveryKindOfObjectToAMereOwner() throws IOException {
        assertSame(copiedFrom, managed);
        assertThat(dump(managed)).isEqualTo(dump(copiedFrom).replaceAll("\\bpostgres\\b", "master"));
    }

    @Test
    void carriesEveryKindOfKey() throws IOException {
        StoreUrl source = databases.fresh();
        Databases.load(source, "keys.sql");
        StoreUrl target = others.fresh();
        copy(source, target);
        assertSame(source, target);
        assertThat(dump(target)).isEqualTo(dump(source));
        assertThat(Databases.ask(target, PROPERTIES)).isEqualTo(Databases.ask(source, PROPERTIES));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GRANT DELETE ON shop.purchase TO shop_read                | BOTH        | grants on table shop.purchase | "shop_read" DELETE
            REVOKE SELECT ON shop.customer FROM shop_read             | BOTH        | grants on table shop.customer | source:
            REVOKE GRANT OPTION FOR EXECUTE ON PROCEDURE shop.nothing FROM shop_app | BOTH | grants on routine shop.nothing(integer) | with grant option
            GRANT SELECT (facts) ON shop.customer TO shop_app         | ONLY_TARGET | grants on column shop.customer.facts | ``
            REVOKE UPDATE (name) ON shop.customer FROM "Shop ""Auditor\""" | BOTH    | grants on column shop.customer.name | UPDATE
            GRANT CREATE ON SCHEMA public TO PUBLIC                   | BOTH        | grants on schema public | PUBLIC CREATE
            GRANT USAGE ON TYPE shop.price TO PUBLIC                  | BOTH        | grants on type shop.price | PUBLIC ALL
            REVOKE SELECT ON LARGE OBJECT 7001 FROM shop_read         | BOTH        | grants on large object 7001 | "shop_read" SELECT
            GRANT USAGE ON SEQUENCE shop.number TO shop_read          | BOTH        | grants on sequence shop.number | "shop_read" USAGE
            GRANT TEMPORARY ON DATABASE :database TO shop_read        | BOTH        | grants on database | "shop_read" TEMPORARY
            ALTER TABLE shop.purchase OWNER TO shop_write             | BOTH        | owner of table shop.purchase | target: shop_write
            ALTER FUNCTION shop.whoami() OWNER TO shop_owner          | BOTH        | owner of routine shop.whoami() | target: shop_owner
            ALTER SCHEMA tools OWNER TO shop_owner                    | BOTH        | owner of schema tools | source: postgres
            ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner GRANT EXECUTE ON ROUTINES TO PUBLIC | ONLY_SOURCE | grants on future routines of "shop_owner" | ``
            ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner IN SCHEMA shop GRANT DELETE ON TABLES TO shop_app | BOTH | grants on future tables in shop of "shop_owner" | DELETE
            COMMENT ON TABLE shop.customer IS 'who bought'            | BOTH        | comment on TABLE shop.customer | who bought
            COMMENT ON POLICY "see all" ON shop.purchase IS NULL      | ONLY_SOURCE | comment on POLICY "see all" on shop.purchase | ``
            COMMENT ON DATABASE :database IS 'none of it'             | BOTH        | comment on DATABASE | none of it
            COMMENT ON INDEX shop.turnover_of IS 'new'                | ONLY_TARGET | comment on INDEX shop.turnover_of | ``
            ALTER DATABASE :database SET work_mem = '1MB'             | BOTH        | setting work_mem | 1MB
            ALTER DATABASE :database RESET search_path                | ONLY_SOURCE | setting search_path | ``
            ALTER ROLE shop_app IN DATABASE :database SET lock_timeout = '6s' | BOTH | setting lock_timeout of role "shop_app" | 6s
            ALTER POLICY "see all" ON shop.purchase TO shop_read      | BOTH        | roles of policy "see all" ON shop.purchase | Auditor
            DROP POLICY change ON shop.purchase                       | ONLY_SOURCE | policy change on shop.purchase | ``
            ALTER TABLE shop.purchase DISABLE ROW LEVEL SECURITY      | BOTH        | table shop.purchase | row security
            ALTER TABLE shop.purchase ALTER state SET DEFAULT 'paid'  | BOTH        | column shop.purchase.state | 'paid'
            ALTER TABLE shop.customer SET (fillfactor = 71)           | BOTH        | table shop.customer | fillfactor=71
            ALTER TABLE shop.customer RESET (toast.autovacuum_vacuum_threshold) | BOTH | table shop.customer | toast.autovacuum_vacuum_threshold=99
            ALTER TABLE shop.customer ALTER name SET STORAGE EXTENDED | BOTH        | column shop.customer.name | storage e
            ALTER TABLE shop.customer ALTER facts SET COMPRESSION DEFAULT | BOTH    | column shop.customer.facts | compression p
            ALTER TABLE shop.customer ALTER name SET STATISTICS 501   | BOTH        | column shop.customer.name | statistics 501
            ALTER TABLE shop.purchase SET WITHOUT CLUSTER             | BOTH        | index by_customer on shop.purchase | clustered
            ALTER TABLE shop.customer REPLICA IDENTITY DEFAULT        | BOTH        | table shop.customer | replica identity d
            ALTER STATISTICS shop.together SET STATISTICS 56          | BOTH        | statistics shop.together | target 56
            ALTER TEXT SEARCH DICTIONARY shop.plain (STOPWORDS = danish) | BOTH     | text search dictionary shop.plain | danish
            ALTER TEXT SEARCH CONFIGURATION shop.search DROP MAPPING FOR int | BOTH | text search configuration shop.search | int: simple
            ALTER SEQUENCE shop.number NO CYCLE                       | BOTH        | sequence shop.number | cycle
            ALTER PUBLICATION orders DROP TABLE ONLY shop.thing       | BOTH        | publication orders | shop.thing
            DROP CAST (shop.place AS text)                            | ONLY_SOURCE | cast shop.place as text | ``
            DROP COLLATION shop.by_code CASCADE                       | ONLY_SOURCE | collation shop.by_code | ``
            ALTER EXTENSION hstore SET SCHEMA shop                    | BOTH        | extension hstore | in shop
            """)
    void findsWhatIsNoLongerAsItWasCopied(String change, Side side, String item, String detail) {
        StoreUrl target = cloneOfTheCopy();
        run(target, change.replace(":database", target.path()));
        assertThat(engine.compare(copiedFrom, target, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.first()).anySatisfy(found -> {
                            assertThat(found.side()).isEqualTo(side);
                            assertThat(found.item()).isEqualTo(item);
                            assertThat(found.detail()).contains(detail == null ? "" : detail);
                        }));
    }

    @Test
    void findsNothingWhereNothingHasChanged() {
        assertSame(copiedFrom, cloneOfTheCopy());
    }

    /** A clone has not got what is the database's own. */
    private static StoreUrl cloneOfTheCopy() {
        StoreUrl clone = others.cloneOf(copied);
        Databases.load(clone, "every-setting.sql");
        return clone;
    }

    private void copy(StoreUrl source, StoreUrl target) {
        assertThat(engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Copied.class);
    }

    private void assertSame(StoreUrl source, StoreUrl target) {
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    /** With what concerns the database itself, whose name does not matter. */
    private static String dump(StoreUrl url) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        TOOLS.program("pg_dump", url, 0).run(printed, "--schema-only", "--create");
        return printed.toString(StandardCharsets.UTF_8)
                .replaceAll("(?m)^(--.*|\\\\(un)?restrict .*|SET .*|\\\\connect .*)\n", "")
                .replaceAll("\n{2,}", "\n")
                .replaceAll("\\bDATABASE " + url.path() + "\\b", "DATABASE shop");
    }
}
