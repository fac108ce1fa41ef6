package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.postgres.tools.PostgresTools;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One of two jobs fails: the other one ends, on the server too. */
@Tag("battery")
class PostgresOneFailureIT extends WithDatabases {
    private static final PostgresTools TOOLS = PostgresTools.find(System.getenv());
    private static final String BUILDING =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query ~ 'CREATE INDEX slow_index'";
    private static final String READING =
            "SELECT coalesce(max(pid), 0) FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^COPY .*\"large\"'";

    private final PostgresEngine engine = new PostgresEngine(TOOLS);

    @Test
    void endsTheIndexThatAnotherJobBuildsAndTellsTheFirstCause() throws Exception {
        StoreUrl source = databases.fresh();
        StoreUrl target = databases.managed();
        run(source, """
                CREATE FUNCTION slow(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN $1; END $$;
                CREATE TABLE small AS SELECT n AS id FROM generate_series(1, 3000) n;
                CREATE INDEX slow_index ON small (public.slow(id));
                CREATE OR REPLACE FUNCTION slow(int) RETURNS int LANGUAGE plpgsql IMMUTABLE
                    AS $$ BEGIN PERFORM pg_sleep(0.05); RETURN $1; END $$;
                CREATE TABLE large AS SELECT n AS id, repeat(md5(n::text), 5) AS text FROM generate_series(1, 50000) n
                """);
        CopyOptions slowly = CopyOptions.unfenced().withBytesPerSecond(500_000);
        CompletableFuture<CopyOutcome> copy =
                CompletableFuture.supplyAsync(() -> engine.copy(source, target, slowly, Progress.SILENT));
        await(target, BUILDING, copy);
        String reader = await(source, READING, copy);

        run(source, "SELECT pg_terminate_backend(" + reader + ")");

        assertThat(copy)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(StoreUnreachable.class)
                .withMessageMatching("(?s).* but (the connection to .* broke|terminating connection).*: check .*");
        KilledCopy onTarget = new KilledCopy(databases.asSuperuser(target));
        assertThat(new KilledCopy(source).endsWithin(Duration.ofSeconds(5))).isTrue();
        assertThat(onTarget.endsWithin(Duration.ofSeconds(5)))
                .as("the index is not built to its end for nobody")
                .isTrue();

        run(
                source,
                "CREATE OR REPLACE FUNCTION slow(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN $1; END $$");
        engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    /** Turning autocommit on again once committed what such a transaction had, or waited for ever. */
    @Test
    void aJobThatRunsOutOfMemoryEndsTheCopyAndCommitsNothing() throws Exception {
        StoreUrl source = databases.fresh();
        StoreUrl target = databases.managed();
        run(source, "CREATE TABLE keyless AS SELECT repeat(md5(n::text), 5) AS text FROM generate_series(1, 20000) n");
        CompletableFuture<CopyOutcome> copy =
                CompletableFuture.supplyAsync(() -> engine.copy(source, target, CopyOptions.unfenced(), amount -> {
                    throw new OutOfMemoryError("as if");
                }));
        assertThat(copy)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("as if");
        assertThat(ask(target, "SELECT count(*) FROM keyless")).isEqualTo("0");
        engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT);
        assertThat(TableSums.of(target)).isEqualTo(TableSums.of(source));
    }

    private static String await(StoreUrl url, String sql, CompletableFuture<CopyOutcome> copy)
            throws InterruptedException {
        String found = ask(url, sql);
        while (found.equals("0") && !copy.isDone()) {
            Thread.sleep(20);
            found = ask(url, sql);
        }
        assertThat(copy).isNotDone();
        return found;
    }
}
