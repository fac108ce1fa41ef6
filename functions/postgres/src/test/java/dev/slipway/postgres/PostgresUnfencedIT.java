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
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A copy of a source that nobody fenced, as the command line makes it. */
@Tag("battery")
class PostgresUnfencedIT extends WithDatabases {
    private static final PostgresTools TOOLS = PostgresTools.find(System.getenv());
    private static final CopyOptions OPTIONS = CopyOptions.unfenced();
    private static final long TWO_PARTS = 135_000_000;
    private static final String WRITERS = "SELECT string_agg(DISTINCT xmin::text, ',') FROM large";
    private static final String CONTENT = "SELECT count(*) || ' ' || sum(hashtextextended(large::text, 0)) FROM large";

    private final PostgresEngine engine = new PostgresEngine(TOOLS);

    @Test
    void copiesAndLeavesNothingOfItsOwn() {
        StoreUrl source = databases.nasty();
        StoreUrl target = databases.managed();
        assertThat(copy(source, target)).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        assertThat(ask(target, "SELECT count(*) FROM pg_namespace WHERE nspname = 'slipway'"))
                .isEqualTo("0");
        assertThat(copy(source, target)).isInstanceOf(CopyOutcome.Skipped.class);
    }

    @Test
    void refusesATargetOfSomebodyElseAndChangesNothingThere() {
        StoreUrl source = EightTables.in(databases.fresh());
        StoreUrl target = databases.managed();
        run(target, "CREATE TABLE theirs AS SELECT 1 AS one");
        assertThatThrownBy(() -> copy(source, target))
                .isInstanceOf(TargetNotEmpty.class)
                .hasMessageContaining("the target is not empty");
        assertThat(ask(
                        target,
                        "SELECT string_agg(relname, ',') FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("theirs");
        assertThat(ask(target, "SELECT count(*) FROM pg_namespace WHERE nspname = 'slipway'"))
                .isEqualTo("0");
    }

    @Test
    void goesOnWithTheTablesThatTheSourceStillHoldsAsTheyWere() throws IOException {
        StoreUrl source = EightTables.in(databases.fresh());
        StoreUrl target = databases.managed();
        EightTables.killMidway(TOOLS, source, target, "unfenced");
        String stale = anyCopied(target, "ORDER BY name LIMIT 1");
        String proved = anyCopied(target, "ORDER BY name DESC LIMIT 1");
        String writer = ask(target, "SELECT DISTINCT xmin FROM " + proved);
        assertThat(stale).isNotEqualTo(proved);
        run(source, "UPDATE " + stale + " SET text = 'written in between' WHERE id = 5");

        assertThat(copy(source, target)).isInstanceOfSatisfying(CopyOutcome.Copied.class, copied -> {
            assertThat(copied.items()).isEqualTo(EightTables.ROWS);
            assertThat(copied.bytes()).isEqualTo(bytes(source));
        });

        assertThat(ask(target, "SELECT text FROM " + stale + " WHERE id = 5")).isEqualTo("written in between");
        assertThat(ask(target, "SELECT DISTINCT xmin FROM " + proved))
                .as("what was there was not sent again")
                .isEqualTo(writer);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void copiesALargeTableInPartsAndGoesOnWithThem() throws IOException {
        StoreUrl source = large();
        run(source, "DELETE FROM large WHERE id % 7 = 0");
        StoreUrl target = databases.managed();
        EightTables.killAfter(TWO_PARTS, TOOLS, source, target, "unfenced");
        String before = ask(target, WRITERS);
        // Adds to the table's size on disk, as the server does by itself.
        run(source, "VACUUM large");

        copy(source, target);

        assertThat(ask(target, WRITERS).split(","))
                .as("each part is a transaction, and what was there was not sent again")
                .contains(before.split(","))
                .hasSizeGreaterThan(before.split(",").length);
        assertThat(ask(target, CONTENT)).isEqualTo(ask(source, CONTENT));
    }

    @Test
    void copiesALargeTableAgainWhereRowsHaveMoved() throws IOException {
        StoreUrl source = large();
        StoreUrl target = databases.managed();
        EightTables.killAfter(TWO_PARTS, TOOLS, source, target, "unfenced");
        String before = ask(target, WRITERS);
        run(source, "UPDATE large SET text = 'moved to the end' WHERE id < 1000 OR id BETWEEN 125000 AND 126000");

        copy(source, target);

        assertThat(ask(target, WRITERS).split(",")).doesNotContain(before.split(","));
        assertThat(ask(target, CONTENT)).isEqualTo(ask(source, CONTENT));
    }

    private static StoreUrl large() {
        StoreUrl source = databases.fresh();
        run(
                source,
                "CREATE TABLE large AS SELECT n AS id, repeat(md5(n::text), 24) AS text FROM generate_series(1, 250000) n");
        return source;
    }

    @Test
    void beginsAnewWhereTheSchemaIsAnother() throws IOException {
        StoreUrl source = EightTables.in(databases.fresh());
        StoreUrl target = databases.managed();
        EightTables.killMidway(TOOLS, source, target, "unfenced");
        run(source, "ALTER TABLE t8 ADD COLUMN later int DEFAULT 7; CREATE TABLE t9 AS SELECT 1 AS one");
        copy(source, target);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void leavesTheCopyOfAMigrationAlone() throws IOException {
        StoreUrl source = EightTables.in(databases.fresh());
        StoreUrl target = databases.managed();
        engine.fence(source, new FenceToken("shop", 1));
        EightTables.killMidway(TOOLS, source, target, "fenced");
        assertThatThrownBy(() -> copy(source, target))
                .isInstanceOf(StaleAttempt.class)
                .hasMessageContaining("shop#1");
    }

    @Test
    void readsNoFasterThanItIsAllowedTo() {
        StoreUrl source = EightTables.in(databases.fresh());
        StoreUrl target = databases.managed();
        long started = System.nanoTime();
        engine.copy(source, target, OPTIONS.withJobs(3).withBytesPerSecond(bytes(source) / 2), Progress.SILENT);
        assertThat(System.nanoTime() - started).isGreaterThan(1_500_000_000L);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    private CopyOutcome copy(StoreUrl source, StoreUrl target) {
        return engine.copy(source, target, OPTIONS, Progress.SILENT);
    }

    private static String anyCopied(StoreUrl target, String which) {
        return ask(target, "SELECT name FROM slipway.copied WHERE step = 'table' " + which);
    }

    /** In COPY's binary form: two bytes a row, four a value, and the value. */
    private static long bytes(StoreUrl source) {
        long bytes = 0;
        for (int table = 1; table <= 8; table++) {
            bytes += Long.parseLong(ask(source, "SELECT sum(2 + 4 + 4 + 4 + length(text)) FROM t" + table));
        }
        return bytes;
    }
}
