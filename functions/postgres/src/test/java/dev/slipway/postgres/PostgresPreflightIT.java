package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Severity;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.postgres.tools.PostgresTools;
import org.junit.jupiter.api.Test;

/** What stands in a copy's way is told in one line, before anything is changed. */
class PostgresPreflightIT extends WithDatabases {
    private static final PostgresTools TOOLS = PostgresTools.find(System.getenv());

    private final PostgresEngine engine = new PostgresEngine(TOOLS);

    @Test
    void namesTheTableThatTheUserMayNotRead() {
        StoreUrl source = databases.managed();
        run(databases.asSuperuser(source), "CREATE TABLE secret AS SELECT 1 AS one; CREATE SEQUENCE hidden");
        refuses(
                source,
                databases.managed(),
                "public.hidden cannot be read by master, who lacks SELECT on the sequence");
    }

    @Test
    void namesTheTableWhoseRowSecurityWouldHideRows() {
        StoreUrl source = databases.managed();
        run(
                databases.asSuperuser(source),
                "CREATE TABLE tenants AS SELECT 1 AS one; GRANT SELECT ON tenants TO master;"
                        + " ALTER TABLE tenants ENABLE ROW LEVEL SECURITY");
        refuses(source, databases.managed(), "public.tenants cannot be read by master, who lacks BYPASSRLS");
    }

    @Test
    void namesTheExtensionThatTheTargetDoesNotOffer() {
        StoreUrl source = databases.fresh();
        // As if it had been taken off the machine: nothing in the catalog says that its files are gone.
        run(
                source,
                "CREATE EXTENSION citext; UPDATE pg_extension SET extname = 'timescaledb' WHERE extname = 'citext'");
        refuses(
                source,
                databases.managed(),
                "timescaledb is an extension (version 1.6) that the target does not offer: install it there");
    }

    @Test
    void saysWhichTableHoldsTextThatIsNoText() {
        StoreUrl source = databases.encoded("SQL_ASCII", "C");
        run(source, "CREATE TABLE notes AS SELECT convert_from('\\xe9e8'::bytea, 'SQL_ASCII') AS text");
        refuses(source, databases.managed(), "invalid byte sequence for encoding \"UTF8\"");
    }

    @Test
    void tellsOfATargetThatSortsAndEncodesOtherwise() {
        assertThat(engine.between(databases.encoded("LATIN1", "C"), databases.managed()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING))
                .satisfies(finding ->
                        assertThat(finding.message()).startsWith("is encoded as UTF8 and the source as LATIN1"));
        assertThat(engine.between(databases.encoded("UTF8", "C.UTF-8"), databases.managed()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .startsWith("sorts text by libc C and the source by libc C.UTF-8"));
        assertThat(engine.between(databases.fresh(), databases.managed())).isEmpty();
    }

    private void refuses(StoreUrl source, StoreUrl target, String why) {
        assertThatThrownBy(() -> engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(CopyFailed.class)
                .hasMessageContaining(why)
                .message()
                .doesNotContain("\n");
        assertThat(ask(
                        target,
                        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
                                + " AND relname IN ('secret', 'tenants')"))
                .isEqualTo("0");
    }
}
