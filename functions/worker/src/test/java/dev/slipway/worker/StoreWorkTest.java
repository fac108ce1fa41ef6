package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.account.FlatSecrets;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Finding;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Severity;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardReference;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreResult.Outcome;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.CompareUnknown;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.PlanBlocked;
import dev.slipway.migration.exception.StoresDiffer;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.migration.plan.PlannedStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreWorkTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 2);
    private static final String SOURCE = "old.example.com";
    private static final String TARGET = "new.example.com";
    private static final PlannedStore PLANNED = WorkerPlans.postgres("shop", "postgres://app:pw@" + SOURCE + "/shop");

    @TempDir
    private Path folder;

    private final FakeEngine engine = new FakeEngine();
    private JsonArtifacts artifacts = new JsonArtifacts(new FolderArtifacts(Path.of("")));

    @BeforeEach
    void plan() {
        artifacts = new JsonArtifacts(new FolderArtifacts(folder));
        artifacts.write(ATTEMPT.plan(), WorkerPlans.ofOnePostgres("shop", "postgres://app:pw@" + SOURCE + "/shop"));
        artifacts.write(
                ATTEMPT.target(),
                new TargetOutputs(Map.of(
                        "PostgresHost", TARGET,
                        "PostgresPort", "5432",
                        "PostgresDatabase", "shop",
                        "PostgresSecretArn", "arn:master")));
        engine.stores.put(SOURCE, "rows");
    }

    @Test
    void refusesATargetThatHoldsWhatThisMigrationDidNotMake() {
        engine.stores.put(TARGET, "a stranger's");
        fenceSource();

        assertThatThrownBy(() -> perform(StoreVerb.RESTORE))
                .isInstanceOf(TargetNotEmpty.class)
                .hasMessageContaining(TARGET)
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> perform(StoreVerb.SNAPSHOT)).isInstanceOf(TargetNotEmpty.class);
        assertThat(engine.stores).containsEntry(TARGET, "a stranger's");
    }

    @Test
    void goesOnWithATargetThatAnEarlierAttemptClaimed() {
        fenceSource();
        artifacts.write(
                ATTEMPT.claim("postgres"),
                new Claim("postgres://master:***@" + TARGET + ":5432/shop", ATTEMPT.number() - 1));
        engine.stores.put(TARGET, "half of the ro");

        assertThat(perform(StoreVerb.RESTORE).outcome()).isEqualTo(Outcome.DONE);
        assertThat(engine.stores).containsEntry(TARGET, "rows");
    }

    @Test
    void refusesAnotherTargetThanTheOneThatWasClaimed() {
        fenceSource();
        artifacts.write(ATTEMPT.claim("postgres"), new Claim("postgres://master:***@elsewhere:5432/shop", 1));
        engine.stores.put(TARGET, "a stranger's");

        assertThatThrownBy(() -> perform(StoreVerb.RESTORE)).isInstanceOf(TargetNotEmpty.class);
    }

    @Test
    void claimsTheTargetBeforeItsFirstRowSoThatARepetitionMayReplaceIt() {
        assertThatThrownBy(() -> perform(StoreVerb.RESTORE)).isInstanceOf(FenceBroken.class);
        assertThat(artifacts.find(ATTEMPT.claim("postgres"), Claim.class)).isPresent();

        fenceSource();
        assertThat(perform(StoreVerb.RESTORE).items()).isEqualTo(4);
        assertThat(perform(StoreVerb.RESTORE).items()).isEqualTo(4);
    }

    @Test
    void leavesTheTargetClosedAfterTheCopy() {
        fenceSource();
        engine.deeds.clear();

        perform(StoreVerb.RESTORE);

        assertThat(engine.deeds).containsExactly("unfence " + TARGET, "copy", "fence " + TARGET);
    }

    @Test
    void writesDownTheShardsThatItCutsAndCopiesEachByWhatIsWritten() {
        fenceSource();
        work().coordinate();
        assertThat(artifacts.find(ATTEMPT.claim("postgres"), Claim.class)).isPresent();
        ShardReference[] list = artifacts.read(ATTEMPT.shards("postgres"), ShardReference[].class);
        assertThat(list).extracting(ShardReference::shard).containsExactly("r", "o", "w", "s");
        for (ShardReference each : list) {
            Shard shard = artifacts.read(ATTEMPT.shard("postgres", each.shard()), Shard.class);
            assertThat(work().copy(shard).items()).isEqualTo(1);
        }
        assertThat(engine.stores).containsEntry(TARGET, "rows");
    }

    @Test
    void pressesOnTheSourceNoHarderThanThePlanSays() {
        fenceSource();
        work().coordinate();
        work().copy(artifacts.read(ATTEMPT.shard("postgres", "r"), Shard.class));
        perform(StoreVerb.RESTORE);

        assertThat(engine.deeds).contains("begin for 3");
        assertThat(engine.paces).containsExactly(new CopyPace(1, 4, 2_000_000), WorkerPlans.PACE);
    }

    @Test
    void cutsNothingForATargetThatHoldsWhatThisMigrationDidNotMake() {
        fenceSource();
        engine.stores.put(TARGET, "a stranger's");
        assertThatThrownBy(() -> work().coordinate()).isInstanceOf(TargetNotEmpty.class);
        assertThat(engine.stores).containsEntry(TARGET, "a stranger's");
    }

    @Test
    void comparesOnlyBehindItsOwnFence() {
        engine.stores.put(TARGET, "rows");
        assertThatThrownBy(() -> perform(StoreVerb.VERIFY)).isInstanceOf(FenceBroken.class);

        engine.fences.put(SOURCE, new FenceToken("shop", 1));
        assertThatThrownBy(() -> perform(StoreVerb.VERIFY))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("shop#1 does");

        fenceSource();
        assertThat(perform(StoreVerb.VERIFY).outcome()).isEqualTo(Outcome.SAME);
    }

    @Test
    void trustsNoComparisonDuringWhichTheFenceFell() {
        fenceSource();
        engine.stores.put(TARGET, "rows");
        engine.duringCompare = engine.fences::clear;

        assertThatThrownBy(() -> perform(StoreVerb.VERIFY)).isInstanceOf(FenceBroken.class);
    }

    @Test
    void answersWhatDiffersSoThatItCanBeWrittenDownBeforeItFails() {
        fenceSource();
        engine.stores.put(TARGET, "other");

        StoreWork.Done done = perform(StoreVerb.VERIFY);

        assertThat(done.outcome()).isEqualTo(Outcome.DIFFERENT);
        assertThat(done.differences()).map(Comparison.Different::total).contains(1L);
        assertThatThrownBy(() -> StoreWork.requireSame("postgres", done))
                .isInstanceOf(StoresDiffer.class)
                .hasMessageContaining("1 different, the first: row 1 (other text)");
    }

    @Test
    void neverTakesUnknownForSame() {
        fenceSource();
        engine.comparison = Optional.of(new Comparison.Unknown("no primary key"));

        StoreWork.Done done = perform(StoreVerb.VERIFY);

        assertThatThrownBy(() -> StoreWork.requireSame("postgres", done))
                .isInstanceOf(CompareUnknown.class)
                .hasMessageContaining("no primary key");
    }

    @Test
    void closesTheTargetBeforeItAsksWhetherItTookAWrite() {
        engine.stores.put(TARGET, "rows and one more");

        assertThat(perform(StoreVerb.RECLOSE).outcome()).isEqualTo(Outcome.DIFFERENT);
        assertThat(engine.fences).containsEntry(TARGET, ATTEMPT.fence());
    }

    @Test
    void opensTheTargetAndTheSourceByTheirFences() {
        perform(StoreVerb.OPEN);
        perform(StoreVerb.FENCE);
        perform(StoreVerb.UNFENCE);

        assertThat(engine.deeds).containsExactly("unfence " + TARGET, "fence " + SOURCE, "unfence " + SOURCE);
    }

    @Test
    void readsTheSafetyCopyBackAndWritesItsManifest() {
        assertThat(perform(StoreVerb.SNAPSHOT).bytes()).isEqualTo(4);
        assertThat(artifacts
                        .read(ATTEMPT.snapshotParts("postgres") + "manifest.json", SnapshotManifest.class)
                        .items())
                .isEqualTo(4);
    }

    @Test
    void stopsAtWhatCannotBeCopied() {
        engine.findings = List.of(
                new Finding(Severity.WARNING, "postgres", "is old"),
                new Finding(Severity.BLOCKER, "postgres", "has large objects"));

        assertThatThrownBy(() -> perform(StoreVerb.INSPECT))
                .isInstanceOf(PlanBlocked.class)
                .hasMessageContaining("has large objects")
                .hasMessageNotContaining("is old");
    }

    private void fenceSource() {
        engine.fences.put(SOURCE, ATTEMPT.fence());
    }

    private StoreWork.Done perform(StoreVerb verb) {
        return work().perform(verb);
    }

    private StoreWork work() {
        FlatSecrets secrets = new FlatSecrets(
                new FakeSecrets(Map.of("arn:master", "{\"username\":\"master\",\"password\":\"s3cret\"}")));
        StoreSides sides = StoreSides.of(ATTEMPT, "postgres", engine, artifacts, secrets);
        return new StoreWork(ATTEMPT, PLANNED, engine, artifacts, sides, Progress.SILENT);
    }
}
