package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a source a target does not take is told before a copy. */
class PostgresTargetIT extends WithDatabases {
    private final PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));

    @Test
    void saysNothingOfATargetThatTakesAll() {
        StoreUrl source = databases.fresh();
        run(source, "CREATE EXTENSION citext; CREATE TABLE t (id int PRIMARY KEY, x citext)");
        assertThat(engine.between(source, databases.managed()))
                .extracting(Finding::subject)
                .containsExactly("role \"postgres\"");
    }

    @Test
    void aTargetWithDataInItIsRefused() {
        StoreUrl target = databases.managed();
        run(target, "CREATE TABLE theirs (id int)");
        assertThat(blockers(databases.fresh(), target))
                .containsExactly("the target is not empty, and a copy to it is refused unless both hold the same:"
                        + " name an empty database, or empty it");
    }

    @Test
    void aCopyThatDidNotEndGoesOn() {
        StoreUrl target = databases.managed();
        run(target, "CREATE SCHEMA slipway; CREATE TABLE slipway.copy (a int); CREATE TABLE half (id int)");
        assertThat(engine.between(databases.fresh(), target)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.message()).isEqualTo("holds a copy that did not end: copy again, and it goes on");
        });
    }

    @Test
    void aLoginThatMayMakeNothingIsNoUse() {
        StoreUrl source = databases.fresh();
        run(source, "CREATE TABLE t (id int PRIMARY KEY)");
        StoreUrl target = databases.managed();
        run(
                databases.asSuperuser(target),
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO postgres', current_database()); END $$");
        assertThat(blockers(source, target))
                .containsExactly(
                        "the target gives the login no CREATE on the database: grant it, or log in as the database's owner",
                        "the target gives the login no CREATE on the schema public: grant it, or log in as the database's owner");
    }

    @Test
    void anExtensionThatOnlyASuperuserMakesStopsAManagedTargetUnlessItIsThere() {
        StoreUrl source = databases.fresh();
        run(source, "CREATE EXTENSION postgres_fdw");
        StoreUrl target = databases.managed();
        assertThat(blockers(source, target))
                .singleElement()
                .satisfies(blocker ->
                        assertThat(blocker).startsWith("extension postgres_fdw may be made by a superuser only"));
        run(databases.asSuperuser(target), "CREATE EXTENSION postgres_fdw");
        assertThat(blockers(source, target)).isEmpty();
    }

    @Test
    void rowSecurityThatBindsTheOwnerTooCouldNotBeProved() {
        StoreUrl source = databases.fresh();
        run(
                source,
                "CREATE TABLE t (id int PRIMARY KEY); ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY");
        assertThat(blockers(source, databases.managed()))
                .singleElement()
                .satisfies(
                        blocker -> assertThat(blocker)
                                .startsWith(
                                        "public.t forces its row-level security on its owner, so that master cannot see on the target whether all rows have arrived"));
        assertThat(blockers(source, databases.fresh())).isEmpty();
    }

    @Test
    void aCollationOfTheOperatingSystemHasToBeThere() {
        StoreUrl source = databases.fresh();
        run(source, "CREATE TABLE t (id int PRIMARY KEY, x text COLLATE \"ucs_basic\")");
        StoreUrl target = databases.managed();
        assertThat(blockers(source, target)).isEmpty();
        run(databases.asSuperuser(target), "UPDATE pg_collation SET collname = 'other' WHERE collname = 'ucs_basic'");
        assertThat(blockers(source, target))
                .singleElement()
                .satisfies(blocker -> assertThat(blocker)
                        .startsWith(
                                "collation ucs_basic is used by columns or indexes, and the target does not offer it"));
    }

    @Test
    void rangesOfTextDoNotFitATargetThatSortsOtherwise() {
        StoreUrl source = databases.fresh();
        run(source, "CREATE TABLE t (x text PRIMARY KEY) PARTITION BY RANGE (x)");
        assertThat(blockers(source, databases.icu("en")))
                .singleElement()
                .satisfies(
                        blocker -> assertThat(blocker)
                                .startsWith(
                                        "partitioned table public.t is divided by ranges of text, which the target sorts in another order"));
    }

    @Test
    void namesAServersSettingThatChangesAnswers(@TempDir Path elsewhere) throws IOException {
        StoreUrl source = databases.fresh();
        try (Databases others = new Databases(elsewhere, Map.of("intervalstyle", "iso_8601"))) {
            assertThat(engine.between(source, others.fresh())).singleElement().satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                assertThat(finding.subject()).isEqualTo("setting IntervalStyle");
                assertThat(finding.message())
                        .startsWith("is 'postgres' for the source's login and 'iso_8601' for the target's");
            });
        }
    }

    @Test
    void saysNothingOfASettingThatACopyCarries() {
        StoreUrl source = databases.fresh();
        run(source, "ALTER DATABASE " + source.path() + " SET IntervalStyle = 'iso_8601'");
        assertThat(engine.between(source, databases.fresh())).isEmpty();
    }

    private List<String> blockers(StoreUrl source, StoreUrl target) {
        return engine.between(source, target).stream()
                .filter(finding -> finding.severity() == Severity.BLOCKER)
                .map(PostgresTargetIT::line)
                .toList();
    }

    private static String line(Finding finding) {
        return finding.subject() + " " + finding.message();
    }
}
