package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Attempt;
import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.Finding;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreResult.Outcome;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.StoreTarget;
import dev.slipway.report.CompareReport;
import dev.slipway.report.CopyReport;
import dev.slipway.report.ShardsReport;
import dev.slipway.report.StoreReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreStoryTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 1);
    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    private final JsonArtifacts artifacts;

    StoreStoryTest(@TempDir Path folder) {
        artifacts = new JsonArtifacts(new FolderArtifacts(folder));
    }

    @Test
    void tellsWhatTheShardsBroughtWhereTheLastWorkerFoundNothingLeft() {
        copiedInShards();
        note(ATTEMPT.result(StoreVerb.RESTORE, "cache"), result(StoreVerb.RESTORE, Outcome.SKIPPED, 0, 0, 60));

        CopyReport copy = copy();
        assertThat(copy.outcome()).isEqualTo(CopyReport.Outcome.COPIED);
        assertThat(copy.items()).contains(30L);
        assertThat(copy.bytes()).contains(3_000L);
        assertThat(copy.reason()).isEmpty();
        assertThat(copy.seconds()).isEqualTo(60);
        assertThat(copy.shards().orElseThrow().shards())
                .containsExactly(
                        new ShardsReport.Shard("0001", 10, 1_000, 9, 1),
                        new ShardsReport.Shard("0002", 20, 2_000, 9, 1));
    }

    @Test
    void tellsOnceWhatWorkersOfShardsFound() {
        copiedInShards();
        Finding tags = Finding.warning("tags", "The source's store knows no tags, so none were copied.");
        Finding module = Finding.warning("module", "A key is not on the target.");
        String folder = ATTEMPT.shardResults("cache");
        note(folder + "0001.json", found(StoreVerb.SHARD, List.of(tags)));
        note(folder + "0002.json", found(StoreVerb.SHARD, List.of(tags)));
        note(ATTEMPT.result(StoreVerb.RESTORE, "cache"), found(StoreVerb.RESTORE, List.of(module, tags)));

        assertThat(copy().findings()).containsExactlyInAnyOrder(tags, module);
    }

    @Test
    void believesALastWorkerThatTellsAllThatWasSent() {
        copiedInShards();
        note(ATTEMPT.result(StoreVerb.RESTORE, "cache"), result(StoreVerb.RESTORE, Outcome.DONE, 35, 3_500, 60));

        assertThat(copy().items()).contains(35L);
        assertThat(copy().bytes()).contains(3_500L);
    }

    @Test
    void tellsWhyNothingWasSent() {
        note(ATTEMPT.result(StoreVerb.RESTORE, "cache"), result(StoreVerb.RESTORE, Outcome.SKIPPED, 0, 0, 60));

        CopyReport copy = copy();
        assertThat(copy.outcome()).isEqualTo(CopyReport.Outcome.SKIPPED);
        assertThat(copy.reason()).contains("all was there");
        assertThat(copy.items()).isEmpty();
        assertThat(copy.shards()).isEmpty();
    }

    @Test
    void tellsAFollowedStoreByItsCutover() {
        note(ATTEMPT.result(StoreVerb.FOLLOW, "cache"), result(StoreVerb.FOLLOW, Outcome.DONE, 35, 3_500, 60));
        note(ATTEMPT.result(StoreVerb.CUTOVER, "cache"), result(StoreVerb.CUTOVER, Outcome.SAME, 36, 3_600, 2));

        StoreReport told = story().tell();
        assertThat(told.copy().orElseThrow().items()).contains(35L);
        assertThat(told.compare().orElseThrow().outcome()).isEqualTo(CompareReport.Outcome.SAME);
        assertThat(told.fence().orElseThrow().since()).isEqualTo(START);
        assertThat(told.fence().orElseThrow().ended()).contains(START.plusSeconds(2));
    }

    @Test
    void tellsWhyStoresDidNotTurn() {
        note(ATTEMPT.result(StoreVerb.CUTOVER, "cache"), result(StoreVerb.CUTOVER, Outcome.FAILED, 0, 0, 2));

        StoreReport told = story().tell();
        assertThat(told.compare().orElseThrow().outcome()).isEqualTo(CompareReport.Outcome.UNKNOWN);
        assertThat(told.fence()).isEmpty();
    }

    private void copiedInShards() {
        note(ATTEMPT.result(StoreVerb.COORDINATE, "cache"), result(StoreVerb.COORDINATE, Outcome.DONE, 2, 0, 1));
        String folder = ATTEMPT.shardResults("cache");
        note(folder + "0001.json", result(StoreVerb.SHARD, Outcome.DONE, 10, 1_000, 9));
        note(folder + "0002.json", result(StoreVerb.SHARD, Outcome.DONE, 20, 2_000, 9));
    }

    private void note(String key, StoreResult result) {
        artifacts.write(key, result);
    }

    private static StoreResult found(StoreVerb verb, List<Finding> findings) {
        return new StoreResult(
                "cache", verb, Outcome.DONE, 1, START, START, 1, 1, "copied", Optional.empty(), findings);
    }

    private static StoreResult result(StoreVerb verb, Outcome outcome, long items, long bytes, long seconds) {
        return new StoreResult(
                "cache",
                verb,
                outcome,
                1,
                START,
                START.plusSeconds(seconds),
                items,
                bytes,
                "all was there",
                Optional.empty(),
                List.of());
    }

    private CopyReport copy() {
        return story().tell().copy().orElseThrow();
    }

    private StoreStory story() {
        PlannedStore store = new PlannedStore(
                "cache",
                StoreKind.REDIS,
                "redis",
                "7",
                StoreRole.RECORD,
                Optional.empty(),
                "Amazon ElastiCache for Redis",
                "7.1",
                "cache.t4g.micro",
                0,
                0,
                "0",
                0,
                7,
                Map.of(),
                StoreTarget.DEFAULT,
                new CopyPace(2, 2, 0),
                BucketSettings.NONE);
        return new StoreStory(artifacts, ATTEMPT, store);
    }
}
