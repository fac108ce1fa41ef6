package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.postgres.tools.PostgresTools;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PostgresResumeIT extends WithDatabases {
    private static final FenceToken FIRST = new FenceToken("shop", 1);
    private static final FenceToken SECOND = new FenceToken("shop", 2);
    private static final PostgresTools TOOLS = PostgresTools.find(System.getenv());
    private static final String COPIED = "SELECT count(*) FROM slipway.copied WHERE step = 'table'";
    private static final String KEYS = "SELECT count(*) FROM pg_constraint WHERE conname ~ '^t[1-8]_pkey$'";
    private static final String BUILT =
            "SELECT string_agg(relname || ' ' || relfilenode, ', ' ORDER BY relname) FROM pg_class WHERE relname ~ '^t[1-8]_pkey$'";

    private final PostgresEngine engine = new PostgresEngine(TOOLS);

    @Test
    void goesOnWhereAKilledWorkerWasUnderTheSameFence() throws Exception {
        StoreUrl source = EightTables.in(databases.fresh());
        StoreUrl target = databases.managed();
        engine.fence(source, FIRST);
        EightTables.killMidway(TOOLS, source, target, "fenced");
        assertThat(Integer.parseInt(ask(target, COPIED))).isBetween(1, 7);
        String done = ask(target, "SELECT name FROM slipway.copied WHERE step = 'table' LIMIT 1");
        String writer = ask(target, "SELECT DISTINCT xmin FROM " + done);
        assertCopiesTheRest(source, target, FIRST);
        assertThat(ask(target, "SELECT DISTINCT xmin FROM " + done)).isEqualTo(writer);
    }

    @Test
    void makesKeysOfTheIndexesThatAnInterruptedRunHasBuilt() {
        StoreUrl source = EightTables.in(databases.fresh());
        StoreUrl target = databases.managed();
        engine.fence(source, FIRST);
        assertThatThrownBy(() -> engine.copy(source, target, FIRST, amount -> {
                    if (amount.what().equals("constraints and triggers")) {
                        throw new IllegalStateException("interrupted");
                    }
                }))
                .hasMessage("interrupted");
        assertThat(ask(target, KEYS)).isEqualTo("0");
        String built = ask(target, BUILT);
        assertThat(built).contains("t1_pkey", "t8_pkey");
        assertCopiesTheRest(source, target, FIRST);
        assertThat(ask(target, KEYS)).isEqualTo("8");
        assertThat(ask(target, BUILT)).isEqualTo(built);
    }

    @Test
    void aLaterAttemptThatTookOverTheUnbrokenFenceGoesOnToo() throws Exception {
        StoreUrl source = EightTables.in(databases.fresh());
        StoreUrl target = databases.managed();
        engine.fence(source, FIRST);
        EightTables.killMidway(TOOLS, source, target, "fenced");
        String done = ask(target, "SELECT name FROM slipway.copied WHERE step = 'table' LIMIT 1");
        String writer = ask(target, "SELECT DISTINCT xmin FROM " + done);
        engine.fence(source, SECOND);
        assertCopiesTheRest(source, target, SECOND);
        assertThat(ask(target, "SELECT DISTINCT xmin FROM " + done)).isEqualTo(writer);
    }

    @Test
    void aWorkerThatHangsCannotAddToWhatItsSuccessorCopied() throws Exception {
        StoreUrl source = EightTables.in(databases.fresh());
        StoreUrl target = databases.managed();
        engine.fence(source, FIRST);
        CountDownLatch replaced = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        CompletableFuture<CopyOutcome> hung =
                CompletableFuture.supplyAsync(() -> engine.copy(source, target, FIRST, amount -> {
                    hanging.countDown();
                    await(replaced);
                }));
        await(hanging);
        assertCopiesTheRest(source, target, FIRST);
        replaced.countDown();
        assertThat(hung).failsWithin(Duration.ofSeconds(20));
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void startsAgainWhenTheFenceWasLiftedInBetween() throws Exception {
        StoreUrl source = EightTables.in(databases.fresh());
        StoreUrl target = databases.managed();
        engine.fence(source, FIRST);
        EightTables.killMidway(TOOLS, source, target, "fenced");
        engine.unfence(source, FIRST);
        run(source, "UPDATE t1 SET text = 'written in between' WHERE id = 5; UPDATE t8 SET text = 'too' WHERE id = 5");
        engine.fence(source, SECOND);
        assertCopiesTheRest(source, target, SECOND);
    }

    @Test
    void repeatsAFinishThatFailedAndSendsNoRowAgain() {
        StoreUrl source = EightTables.in(databases.fresh());
        run(
                source,
                "CREATE TABLE a AS SELECT 1 AS id; CREATE TABLE b (id int PRIMARY KEY); ALTER TABLE a ADD PRIMARY KEY (id)");
        run(source, "CREATE MATERIALIZED VIEW share AS SELECT 1 / count(*) FROM a; DELETE FROM a");
        StoreUrl target = databases.managed();
        engine.fence(source, FIRST);
        assertThatThrownBy(() -> engine.copy(source, target, FIRST, Progress.SILENT))
                .isInstanceOf(CopyFailed.class);
        assertThat(ask(target, COPIED)).isEqualTo("10");
        assertThat(ask(target, "SELECT count(*) FROM slipway.copied WHERE step = 'index'"))
                .as("each key is built and noted by itself")
                .isEqualTo("10");
        String writer = ask(target, "SELECT DISTINCT xmin FROM t1");
        // As if a person had put the row that is missing in on both sides.
        run(target, "INSERT INTO a VALUES (99)");
        assertThat(engine.copy(source, target, FIRST, Progress.SILENT)).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(ask(target, "SELECT DISTINCT xmin FROM t1")).isEqualTo(writer);
        assertThat(ask(target, "SELECT count(*) FROM share")).isEqualTo("1");
    }

    private void assertCopiesTheRest(StoreUrl source, StoreUrl target, FenceToken token) {
        assertThat(engine.copy(source, target, token, Progress.SILENT))
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isEqualTo(8 * 4_000));
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }
}
