package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.postgres.tools.PostgresTools;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two copies by hand to the same target at once. */
@Tag("battery")
class PostgresRivalsIT extends WithDatabases {
    private static final PostgresTools TOOLS = PostgresTools.find(System.getenv());
    private static final CopyOptions SLOWLY = CopyOptions.unfenced().withBytesPerSecond(1_000_000);

    private final PostgresEngine engine = new PostgresEngine(TOOLS);

    @Test
    void theLaterOneTakesOverAndNoRowIsThereTwice() throws Exception {
        StoreUrl source = withoutKeys();
        StoreUrl target = databases.managed();
        CompletableFuture<CopyOutcome> earlier = copy(source, target, SLOWLY);
        awaitRows(target, earlier);
        CompletableFuture<CopyOutcome> later = copy(source, target, CopyOptions.unfenced());
        assertThat(earlier).failsWithin(Duration.ofSeconds(30));
        assertThat(later).succeedsWithin(Duration.ofMinutes(1)).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        assertThat(TableSums.of(target)).isEqualTo(TableSums.of(source));
    }

    @RepeatedTest(3)
    void ofTwoThatBeginAtTheSameMomentOneCopies() throws Exception {
        StoreUrl source = withoutKeys();
        StoreUrl target = databases.managed();
        CompletableFuture<CopyOutcome> one = copy(source, target, CopyOptions.unfenced());
        CompletableFuture<CopyOutcome> other = copy(source, target, CopyOptions.unfenced());
        CompletableFuture.allOf(one, other).exceptionally(e -> null).join();
        assertThat(List.of(one, other))
                .as(() -> "one of " + failure(one) + " and " + failure(other))
                .anyMatch(copy -> !copy.isCompletedExceptionally());
        assertThat(TableSums.of(target)).isEqualTo(TableSums.of(source));
        assertThat(ask(target, "SELECT count(*) FROM pg_namespace WHERE nspname = 'slipway'"))
                .isEqualTo("0");
    }

    @Test
    void aLaterOneOfAnotherUserIsRefusedAndTheEarlierOneGoesOn() throws Exception {
        StoreUrl source = withoutKeys();
        StoreUrl target = databases.managed();
        AtomicBoolean held = new AtomicBoolean();
        CountDownLatch refused = new CountDownLatch(1);
        CompletableFuture<CopyOutcome> earlier =
                CompletableFuture.supplyAsync(() -> engine.copy(source, target, SLOWLY, amount -> {
                    if (held.get()) {
                        await(refused);
                    }
                }));
        awaitRows(target, earlier);
        held.set(true);
        assertThatThrownBy(() ->
                        engine.copy(source, databases.asSuperuser(target), CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(SlipwayException.class)
                .hasMessageContaining("another worker copies to the target and does not end");
        refused.countDown();
        assertThat(earlier).succeedsWithin(Duration.ofMinutes(2)).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(TableSums.of(target)).isEqualTo(TableSums.of(source));
    }

    private static String failure(CompletableFuture<CopyOutcome> copy) {
        return copy.isCompletedExceptionally() ? copy.exceptionNow().toString() : "no failure";
    }

    private static StoreUrl withoutKeys() {
        StoreUrl source = databases.fresh();
        for (int table = 1; table <= 8; table++) {
            run(
                    source,
                    "CREATE TABLE t" + table
                            + " AS SELECT n % 500 AS id, repeat(md5((n % 500)::text), 5) AS text FROM generate_series(1, 4000) n");
        }
        return source;
    }

    private CompletableFuture<CopyOutcome> copy(StoreUrl source, StoreUrl target, CopyOptions options) {
        return CompletableFuture.supplyAsync(() -> engine.copy(source, target, options, Progress.SILENT));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitRows(StoreUrl target, CompletableFuture<CopyOutcome> copy) throws Exception {
        KilledCopy onTarget = new KilledCopy(target);
        while (!copy.isDone() && onTarget.committed().rows() == 0) {
            Thread.sleep(10);
        }
        assertThat(copy).isNotDone();
    }
}
