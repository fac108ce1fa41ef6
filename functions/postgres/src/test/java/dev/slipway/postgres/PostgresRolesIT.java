package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which roles a target is given, what they own there, and what is said of all that stays behind. */
class PostgresRolesIT extends WithDatabases {
    private final PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));

    /** Its roles are no other test's. */
    private Databases others;

    @BeforeEach
    void startOther(@TempDir Path elsewhere) throws IOException {
        others = new Databases(elsewhere);
    }

    @AfterEach
    void stopOther() {
        others.close();
    }

    @Test
    void makesTheRolesThatTheDatabaseMentionsAndTheirMembersWithoutPasswords() {
        StoreUrl source = databases.everyObject();
        StoreUrl target = others.managed();
        List<Finding> before = engine.between(source, target);
        List<Finding> told = copy(source, target);
        assertThat(told).containsExactlyElementsOf(before);
        assertThat(said(told))
                .contains(
                        "role \"postgres\" is here what master is on the target: expect what it owns and was granted to be master's there",
                        "role \"shop_app\" is not on the target and is made there without a password: set one before anybody logs in as it",
                        "role \"shop_owner\" is not on the target and is made there: nothing is to be done");
        StoreUrl others = this.others.asSuperuser(target);
        assertThat(
                        ask(
                                others,
                                "SELECT rolcanlogin || ' ' || rolconnlimit || ' ' || rolvaliduntil::date || ' ' || (rolpassword IS NULL) FROM pg_authid WHERE rolname = 'shop_app'"))
                .isEqualTo("true 20 2100-01-01 true");
        assertThat(ask(others, "SELECT rolcreatedb FROM pg_roles WHERE rolname = 'shop_owner'"))
                .isEqualTo("t");
        assertThat(ask(others, "SELECT pg_has_role('shop_app', 'shop_read', 'USAGE')"))
                .isEqualTo("t");
        assertThat(ask(others, "SELECT shobj_description('shop_app'::regrole, 'pg_authid')"))
                .isEqualTo("the app's login");
        assertThat(
                        ask(
                                others,
                                "SELECT setconfig FROM pg_db_role_setting WHERE setrole = 'shop_app'::regrole AND setdatabase = 0"))
                .isEqualTo("{statement_timeout=30s}");
    }

    @Test
    void givesAPublicationToARoleThatMayMakeNone() {
        StoreUrl source = databases.fresh();
        run(source, "CREATE ROLE publisher; CREATE PUBLICATION news; ALTER PUBLICATION news OWNER TO publisher");
        StoreUrl target = others.managed();
        copy(source, target);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        assertThat(ask(target, "SELECT has_database_privilege('publisher', current_database(), 'CREATE')"))
                .isEqualTo("f");
    }

    @Test
    void givesTheLoginWhatARoleOwnsThatItCannotMake() {
        StoreUrl source = databases.everyObject();
        StoreUrl target = plain();
        List<Finding> told = copy(source, target);
        assertThat(said(told))
                .contains(
                        "role \"shop_owner\" is not on the target, and plain may not make roles there: make it first, or what it owns becomes plain's, and what it was granted stays behind");
        assertThat(ask(target, "SELECT relowner::regrole FROM pg_class WHERE oid = 'shop.customer'::regclass"))
                .isEqualTo("plain");
        assertThat(ask(target, "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'shop%'"))
                .isEqualTo("0");
    }

    @Test
    void leavesARoleThatWasThereAsItIs() {
        StoreUrl source = databases.everyObject();
        StoreUrl target = plain();
        run(
                others.asSuperuser(target),
                "CREATE ROLE shop_owner NOINHERIT; CREATE ROLE shop_read SUPERUSER; CREATE ROLE shop_app NOLOGIN; GRANT shop_owner TO plain");
        List<Finding> told = copy(source, target);
        assertThat(said(told))
                .contains("role \"shop_write\" is not on the target, and plain may not make roles there: "
                        + "make it first, or what it owns becomes plain's, and what it was granted stays behind");
        assertThat(ask(target, "SELECT relowner::regrole FROM pg_class WHERE oid = 'shop.customer'::regclass"))
                .isEqualTo("shop_owner");
        assertThat(ask(target, "SELECT has_table_privilege('shop_app', 'shop.purchase', 'INSERT')"))
                .isEqualTo("f");
        assertThat(
                        ask(
                                target,
                                "SELECT string_agg(rolname || rolsuper || rolcanlogin || rolinherit, ' ' ORDER BY rolname) FROM pg_roles WHERE rolname LIKE 'shop%'"))
                .isEqualTo("shop_appfalsefalsetrue shop_ownerfalsefalsefalse shop_readtruefalsetrue");
    }

    @Test
    void namesWhatOnlyASuperuserMayMakeAndGoesOnWithoutIt() {
        StoreUrl source = databases.fresh();
        run(source, """
                CREATE ROLE replicator REPLICATION BYPASSRLS LOGIN;
                CREATE TABLE t (id int PRIMARY KEY);
                GRANT SELECT ON t TO replicator;
                CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
                CREATE EVENT TRIGGER watch ON ddl_command_start EXECUTE FUNCTION watch();
                COMMENT ON EVENT TRIGGER watch IS 'sees it all';
                CREATE PUBLICATION everything FOR ALL TABLES;
                COMMENT ON PUBLICATION everything IS 'to everybody';
                CREATE OPERATOR CLASS other_int FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
                CREATE FUNCTION leaky(int) RETURNS int LANGUAGE internal AS 'int4up';
                CREATE FUNCTION definer() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
                CREATE EXTENSION pg_trgm;
                GRANT EXECUTE ON FUNCTION pg_read_file(text) TO replicator
                """);
        run(source, "ALTER DATABASE " + source.path() + " SET log_statement = 'ddl'");
        run(source, "ALTER DATABASE " + source.path() + " SET shop.tenant = '1'");
        run(
                source,
                "CREATE SUBSCRIPTION far CONNECTION 'host=127.0.0.1' PUBLICATION p WITH (connect = false, slot_name = NONE)");
        StoreUrl target = others.managed();
        List<Finding> told = copy(source, target);
        assertThat(said(told))
                .contains(
                        "event trigger watch is left behind, because only a superuser may make it: do without it, or take a target where you are a superuser",
                        "function public.leaky(integer) is left behind, because only a superuser may make it: do without it, or take a target where you are a superuser",
                        "publication everything is left behind, because only a superuser may make it: do without it, or take a target where you are a superuser",
                        "operator class public.other_int for access method btree is left behind, because only a superuser may make it: do without it, or take a target where you are a superuser",
                        "routine pg_read_file(text) has other grants than it came with (grant EXECUTE to \"replicator\"), which are left behind: see whether the app needs them",
                        "role \"replicator\" has REPLICATION, which does not come along: give it on the target if it is needed there",
                        "role \"replicator\" has BYPASSRLS, which does not come along: give it on the target if it is needed there",
                        "setting log_statement may be left behind, because master may not set it: set it in the service's own way if it is needed",
                        "setting shop.tenant may be left behind, because master may not set it: set it in the service's own way if it is needed",
                        "subscription far is left behind, because it would take part in the replication: make it on the target once that is the writer",
                        "public.definer() runs with the rights of its owner postgres, a superuser, which its owner on the target is not: see whether less will do");
        run(source, "ALTER SUBSCRIPTION far DISABLE; DROP SUBSCRIPTION far");
    }

    @Test
    void refusesBeforehandWhatCannotBeDoneWithout() {
        StoreUrl source = databases.fresh();
        run(source, """
                CREATE OPERATOR CLASS used_int FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
                CREATE TABLE t (id int);
                CREATE INDEX by_id ON t (id used_int)
                """);
        refuses(source, "index public.by_id rests on what only a superuser may make, and master is none");
        StoreUrl forced = databases.fresh();
        run(
                forced,
                "CREATE TABLE secret AS SELECT 1 AS id; ALTER TABLE secret ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
        refuses(forced, "public.secret forces its row-level security on its owner");
        StoreUrl logging = databases.fresh();
        run(logging, "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET log_min_messages = error AS 'SELECT 1'");
        refuses(logging, "public.f() sets log_min_messages, which master may not on the target");
    }

    @Test
    void makesEventTriggersWhenTheyCannotSeeTheCopyAnyMore() {
        StoreUrl source = databases.fresh();
        run(source, """
                CREATE TABLE seen (what text);
                CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.seen VALUES (tg_tag); END';
                CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watch();
                ALTER EVENT TRIGGER watch ENABLE ALWAYS
                """);
        StoreUrl target = others.fresh();
        copy(source, target);
        assertThat(ask(target, "SELECT count(*) || ' ' || (SELECT evtenabled::text FROM pg_event_trigger) FROM seen"))
                .isEqualTo("0 A");
    }

    @Test
    void emptiesATargetOfEveryKindOfObjectBeforeItCopiesAgain() {
        StoreUrl source = databases.everyObjectOfASuperuser();
        databases.addNasty(source);
        StoreUrl target = others.fresh();
        engine.fence(source, new FenceToken("shop", 1));
        engine.copy(source, target, new FenceToken("shop", 1), Progress.SILENT);
        assertThat(ask(target, "SELECT count(*) FROM pg_db_role_setting WHERE setconfig::text LIKE '%read_only%'"))
                .isEqualTo("0");
        engine.fence(target, new FenceToken("shop", 1));
        engine.unfence(source, new FenceToken("shop", 1));
        run(
                source,
                "DROP PUBLICATION everything; DROP EVENT TRIGGER watch; REVOKE SELECT ON shop.customer FROM shop_read");
        run(source, "ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner GRANT EXECUTE ON ROUTINES TO PUBLIC");
        engine.fence(source, new FenceToken("shop", 2));
        assertThat(engine.copy(source, target, new FenceToken("shop", 2), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Copied.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    private List<Finding> copy(StoreUrl source, StoreUrl target) {
        CopyOutcome outcome = engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        return ((CopyOutcome.Copied) outcome).findings();
    }

    private void refuses(StoreUrl source, String why) {
        assertThatThrownBy(() -> engine.copy(source, others.managed(), CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(CopyFailed.class)
                .hasMessageContaining(why);
    }

    /** A database of a role that may not even make others. */
    private StoreUrl plain() {
        StoreUrl managed = others.managed();
        StoreUrl superuser = others.asSuperuser(managed);
        run(superuser, "CREATE ROLE plain LOGIN PASSWORD 'm4ster'");
        run(superuser, "ALTER DATABASE " + managed.path() + " OWNER TO plain");
        return StoreUrl.parse(managed.uri().toString().replace("master:", "plain:"));
    }

    private static List<String> said(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.subject() + " " + finding.message())
                .toList();
    }
}
