package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.ShardReference;
import dev.slipway.migration.StoreProgress;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreVerb;
import dev.slipway.report.CopyReport;
import dev.slipway.report.Report;
import dev.slipway.report.ShardsReport;
import dev.slipway.report.StoreReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** An app each of whose stores is copied by several workers at once, and loses one of them in the middle of a shard. */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EveryStoreInShardsE2ET {
    private static final SampleData DATA = new SampleData(20_000, 5_000, 200);

    /** So slow that a copy lasts some seconds. */
    private static final Map<String, CopyPace> PACES = Map.of(
            "postgres", new CopyPace(2, 2, 600_000),
            "redis", new CopyPace(3, 2, 100_000),
            "media", new CopyPace(2, 2, 400_000));

    /** Seven JVMs start at once: one of them may be silent for longer than a demo's worker, and must not be taken for lost. */
    private static final int HEARTBEAT_SECONDS = 30;

    private final Set<String> killed = new HashSet<>();
    private final Map<String, Integer> atOnce = new HashMap<>();
    private Optional<List<String>> differences = Optional.empty();
    private DemoStory story;

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepare(DATA, 6, HEARTBEAT_SECONDS, PACES);
    }

    @AfterAll
    void close() {
        story.close();
    }

    @Test
    @Order(1)
    void completesThoughEveryStoreLosesAWorker() throws Exception {
        MigrationWatch.Ending ending = story.follow(story.start(), watch -> {
            if (watch.state().equals("Restore stores")) {
                PACES.keySet().forEach(store -> watch.attempt().ifPresent(attempt -> breakOnce(attempt, store)));
            }
            if (watch.state().equals("Shift weights") && differences.isEmpty()) {
                differences = Optional.of(story.differences());
            }
        });
        assertThat(ending.cause()).isEmpty();
        assertThat(ending.phase()).contains(Phase.COMPLETE);
        assertThat(killed).isEqualTo(PACES.keySet());
        PACES.forEach((store, pace) -> {
            assertThat(atOnce.get(store)).as(store).isEqualTo(pace.workers());
            assertThat(shardResults(store).stream().mapToInt(shard -> shard.tries() - 1))
                    .as("one shard of %s had a second worker", store)
                    .filteredOn(more -> more > 0)
                    .containsExactly(1);
            assertThat(story.result(ending, StoreVerb.RESTORE, store).tries()).isEqualTo(1);
            assertThat(Breaker.workers(StoreVerb.COORDINATE, store)).isEmpty();
            assertThat(Breaker.workers(StoreVerb.SHARD, store)).isEmpty();
        });
        assertThat(differences.orElseThrow())
                .as("each side has its own fence at that moment, and nothing else differs")
                .containsExactlyInAnyOrder(
                        "table slipway.fence differs", "file .slipway-fence is on the first side only");
    }

    @Test
    @Order(2)
    void saysInTheReportWhatEachShardHad() throws Exception {
        Report report = story.report(story.row());
        for (StoreReport store : report.stores()) {
            CopyReport copy = store.copy().orElseThrow();
            ShardsReport shards = copy.shards().orElseThrow();
            assertThat(shards.atOnce()).isEqualTo(pace(store.name()).workers());
            assertThat(shards.shards().stream()
                            .mapToLong(ShardsReport.Shard::items)
                            .sum())
                    .as("everything in %s is of one shard, and of one only", store.name())
                    .isEqualTo(copy.items().orElseThrow());
        }
    }

    /** Kills the worker of a shard that is under way. */
    private void breakOnce(Attempt attempt, String store) {
        List<ProcessHandle> workers = Breaker.workers(StoreVerb.SHARD, store);
        atOnce.merge(store, workers.size(), Math::max);
        if (workers.size() == pace(store).workers() && !killed.contains(store)) {
            shards(attempt, store)
                    .filter(shard -> isUnderWay(attempt, store, shard))
                    .flatMap(shard -> workers.stream().filter(worker -> isOf(shard, worker)))
                    .findFirst()
                    .ifPresent(worker -> {
                        worker.destroyForcibly();
                        killed.add(store);
                    });
        }
    }

    private static CopyPace pace(String store) {
        return Objects.requireNonNull(PACES.get(store));
    }

    private Stream<String> shards(Attempt attempt, String store) {
        return artifacts().find(attempt.shards(store), ShardReference[].class).stream()
                .flatMap(Stream::of)
                .map(ShardReference::shard);
    }

    private boolean isUnderWay(Attempt attempt, String store, String shard) {
        return artifacts()
                .find(attempt.progress(store, shard), StoreProgress.class)
                .filter(progress -> progress.amount().bytes() > 0)
                .isPresent();
    }

    private static boolean isOf(String shard, ProcessHandle worker) {
        return worker.info()
                .arguments()
                .filter(arguments -> List.of(arguments).contains(shard))
                .isPresent();
    }

    private List<StoreResult> shardResults(String store) {
        return artifacts().all(story.row().attempt().shardResults(store), StoreResult.class);
    }

    private JsonArtifacts artifacts() {
        return story.pipeline().artifacts();
    }
}
