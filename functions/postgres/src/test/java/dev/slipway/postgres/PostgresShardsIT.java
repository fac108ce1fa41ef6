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
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardWorkers;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.tools.PostgresTools;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One database copied by several workers. */
@Tag("battery")
class PostgresShardsIT extends WithDatabases {
    private static final FenceToken FIRST = new FenceToken("shop", 1);
    private static final FenceToken SECOND = new FenceToken("shop", 2);
    private static final long LARGE_ROWS = 1_500;
    private static final long ALL_ROWS = EightTables.ROWS + LARGE_ROWS;

    private final PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));
    private StoreUrl source;
    private StoreUrl target;
    private ShardWorkers workers;

    @BeforeEach
    void fenceAFilledSource() {
        source = EightTables.in(databases.fresh());
        target = databases.managed();
        engine.fence(source, FIRST);
        workers = new ShardWorkers(engine, source, target, CopyOptions::under);
    }

    @Test
    void threeWorkersAtOnceCopyOneSnapshotAndAnotherOneFinishes() throws Exception {
        engine.unfence(source, FIRST);
        addALargeTable();
        engine.fence(source, FIRST);
        try (ShardedCopy.Held held = workers.begin(FIRST, 3)) {
            assertThat(held.stands()).isTrue();
            assertThat(held.shards()).extracting(Shard::name).containsExactly("0001", "0002", "0003");
            assertThat(held.shards())
                    .as("the large table reaches over more than one of them")
                    .filteredOn(shard -> shard.pieces().getFirst().table().equals("\"public\".\"large\""))
                    .hasSizeGreaterThan(1);
            assertThat(workers.copyAtOnce(FIRST, held.shards()).stream()
                            .mapToLong(CopyOutcome.Copied::items)
                            .sum())
                    .isEqualTo(ALL_ROWS);
        }
        Map<String, String> writers = writers(copiedTables());
        assertThat(writers).hasSize(9);
        assertFinishes(FIRST, ALL_ROWS);
        assertThat(writers(writers.keySet()))
                .as("the last step copied no row again")
                .isEqualTo(writers);
        assertThat(ask(target, "SELECT count(*) FROM pg_indexes WHERE indexname = 't1_pkey'"))
                .isEqualTo("1");
    }

    @Test
    void goesOnAfterAWorkerAndThenTheCoordinatorWereKilled() throws Exception {
        ShardsInAnotherProcess others =
                new ShardsInAnotherProcess(Files.createTempDirectory(folder, "shards"), source, target, FIRST);
        Process coordinator = others.coordinate(3);
        List<Shard> shards = others.shards();
        kill(others.copy(shards.getFirst()));
        Map<String, String> done = writers(copiedTables());
        assertThat(done).hasSizeLessThan(shards.getFirst().pieces().size());
        assertThat(workers.copy(FIRST, shards.getFirst()).items())
                .isEqualTo(4_000L * shards.getFirst().pieces().size());
        assertThat(writers(done.keySet()))
                .as("what was there was not copied again")
                .isEqualTo(done);
        assertThat(sees(shards.get(1))).isTrue();
        kill(coordinator);
        assertThat(sees(shards.get(1))).isFalse();
        shards.stream().skip(1).forEach(shard -> workers.copy(FIRST, shard));
        assertFinishes(FIRST, EightTables.ROWS);
    }

    @Test
    void aWorkerThatHangsIsCutOffByTheNextOneOfItsShardAndItsSiblingsAreNot() throws Exception {
        try (ShardedCopy.Held held = workers.begin(FIRST, 2)) {
            ShardWorkers.Hanging hanging = workers.hang(FIRST, held.shards().getFirst());
            ShardWorkers.Hanging sibling = workers.hang(FIRST, held.shards().getLast());
            workers.copy(FIRST, held.shards().getFirst());
            hanging.goOn();
            assertThat(hanging.failure()).isInstanceOf(SlipwayException.class);
            sibling.goOn();
            assertThat(sibling.copied().items()).isPositive();
        }
        assertFinishes(FIRST, EightTables.ROWS);
    }

    @Test
    void aLaterClaimCutsAllWorkersOffAndTheirShardsAreVoid() throws Exception {
        List<Shard> earlier = workers.cut(FIRST, 3);
        ShardWorkers.Hanging hanging = workers.hang(FIRST, earlier.getFirst());
        engine.fence(source, SECOND);
        try (ShardedCopy.Held held = workers.begin(SECOND, 3)) {
            hanging.goOn();
            assertThat(hanging.failure()).isInstanceOf(SlipwayException.class);
            assertThatThrownBy(() -> workers.copy(SECOND, earlier.getLast()))
                    .isInstanceOf(StaleAttempt.class)
                    .hasMessageContaining("another worker or attempt has claimed the copy since");
            assertThatThrownBy(() -> workers.copy(FIRST, earlier.getLast())).isInstanceOf(FenceBroken.class);
            assertThatThrownBy(() -> workers.begin(FIRST, 3)).isInstanceOf(SlipwayException.class);
            workers.copyAtOnce(SECOND, held.shards());
        }
        assertFinishes(SECOND, EightTables.ROWS);
    }

    @Test
    void refusesAShardUnderAFenceThatWasLiftedInBetween() {
        List<Shard> shards = workers.cut(FIRST, 3);
        workers.copy(FIRST, shards.getFirst());
        engine.unfence(source, FIRST);
        assertThatThrownBy(() -> workers.copy(FIRST, shards.getLast()))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("none stands");
        run(source, "UPDATE t1 SET text = 'written in between'; UPDATE t8 SET text = 'too'");
        engine.fence(source, FIRST);
        assertThatThrownBy(() -> workers.copy(FIRST, shards.getLast()))
                .isInstanceOf(FenceBroken.class)
                .hasMessageNotContaining("\n")
                .hasMessageContaining("the fence was lifted and raised again since the copy began");
        try (ShardedCopy.Held held = workers.begin(FIRST, 3)) {
            held.shards().forEach(shard -> workers.copy(FIRST, shard));
        }
        assertFinishes(FIRST, EightTables.ROWS);
    }

    @Test
    void cutsOnlyWhatIsMissing() {
        List<Shard> shards = workers.cut(FIRST, 3);
        workers.copy(FIRST, shards.getFirst());
        try (ShardedCopy.Held held = workers.begin(FIRST, 3)) {
            assertThat(held.shards().stream()
                            .mapToLong(shard -> shard.pieces().size())
                            .sum())
                    .isEqualTo(8 - shards.getFirst().pieces().size());
            held.shards().forEach(shard -> workers.copy(FIRST, shard));
        }
        assertThat(workers.cut(FIRST, 3)).isEmpty();
        assertFinishes(FIRST, EightTables.ROWS);
    }

    @Test
    void keepsTheChunksOfATableWhoseSizeAVacuumChangedAndNoneOfOneWhoseRowsItMoved() {
        engine.unfence(source, FIRST);
        addALargeTable();
        run(source, "CREATE TABLE moved AS SELECT * FROM large; DELETE FROM large WHERE id <= 100");
        engine.fence(source, FIRST);
        List<Shard> shards = workers.cut(FIRST, 3);
        shards.stream().limit(shards.size() - 1L).forEach(shard -> workers.copy(FIRST, shard));
        String kept = "SELECT count(*) FROM slipway.copied WHERE name = '\"public\".\"%s\"'";
        int large = Integer.parseInt(ask(target, kept.formatted("large")));
        assertThat(large).isPositive();
        run(source, "VACUUM large");
        run(source, "VACUUM FULL moved");
        workers.cut(FIRST, 3);
        assertThat(ask(target, kept.formatted("large"))).isEqualTo(Integer.toString(large));
        assertThat(ask(target, kept.formatted("moved"))).isEqualTo("0");
        assertFinishes(FIRST, EightTables.ROWS + 2 * LARGE_ROWS - 100);
    }

    private void assertFinishes(FenceToken fence, long rows) {
        assertThat(engine.copy(source, target, fence, Progress.SILENT))
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isEqualTo(rows));
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }

    private List<String> copiedTables() {
        String names = ask(target, "SELECT string_agg(DISTINCT name, ';') FROM slipway.copied WHERE step <> 'schema'");
        return names.equals("null") ? List.of() : List.of(names.split(";", -1));
    }

    /** The transactions that wrote each of these tables. */
    private Map<String, String> writers(Collection<String> tables) {
        return tables.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        table -> ask(
                                target,
                                "SELECT string_agg(x, ' ') FROM (SELECT DISTINCT xmin::text AS x FROM " + table
                                        + " ORDER BY 1) AS s")));
    }

    private boolean sees(Shard shard) throws Exception {
        try (PostgresSession session = PostgresSession.open(source)) {
            session.importSnapshot(shard.snapshot());
            return true;
        } catch (java.sql.SQLException gone) {
            return false;
        }
    }

    private void addALargeTable() {
        run(source, "CREATE TABLE large (id int, text text); ALTER TABLE large ALTER text SET STORAGE EXTERNAL");
        run(
                source,
                "INSERT INTO large SELECT n, repeat(md5(n::text), 3000) FROM generate_series(1, " + LARGE_ROWS + ") n");
    }

    private static void kill(Process process) {
        process.destroyForcibly().onExit().join();
    }
}
