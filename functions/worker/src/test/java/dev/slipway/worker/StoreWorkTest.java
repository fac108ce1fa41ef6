package dev.slipway.worker;

import static dev.slipway.worker.OneStore.ATTEMPT;
import static dev.slipway.worker.OneStore.SOURCE;
import static dev.slipway.worker.OneStore.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Finding;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Severity;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreResult.Outcome;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.exception.CompareUnknown;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.PlanBlocked;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.migration.exception.StoresDiffer;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.migration.spec.StoreTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreWorkTest {
    private static final String MADE = "logins [AppLogin[slipway_app_1], AppLogin[slipway_app_2]] on " + TARGET;
    private final OneStore store;
    private final FakeEngine engine;
    private final JsonArtifacts artifacts;

    StoreWorkTest(@TempDir Path folder) {
        store = new OneStore(StoreKind.POSTGRES, folder);
        engine = store.engine;
        artifacts = store.artifacts;
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
    void tellsWhatTheCopyLeftBehind() {
        fenceSource();
        engine.left = List.of(Finding.warning("role app", "has no password on the target"));

        assertThat(perform(StoreVerb.RESTORE).findings()).isEqualTo(engine.left);
    }

    @Test
    void leavesTheTargetClosedAfterTheCopy() {
        fenceSource();
        engine.deeds.clear();

        perform(StoreVerb.RESTORE);

        assertThat(engine.deeds).containsExactly("unfence " + TARGET, "copy", "fence " + TARGET);
    }

    @Test
    void makesTheLoginsThatTakeTurnsBeforeTheCopyAndAfterIt(@TempDir Path elsewhere) {
        OneStore turning = turning(elsewhere);
        turning.fenceSource();

        turning.work().perform(StoreVerb.RESTORE);

        assertThat(turning.engine.deeds).containsExactly("unfence " + TARGET, MADE, "copy", MADE, "fence " + TARGET);
    }

    @Test
    void givesTheLoginsTheirPasswordsInATurnAndDoesNothingElse(@TempDir Path elsewhere) {
        OneStore turning = turning(elsewhere);

        assertThat(turning.work().perform(StoreVerb.TURN).outcome()).isEqualTo(Outcome.DONE);

        assertThat(turning.engine.deeds).containsExactly(MADE);
    }

    private static OneStore turning(Path folder) {
        StoreTarget or = StoreTarget.DEFAULT;
        StoreTarget turns = new StoreTarget(
                or.service(),
                or.proxy(),
                or.replicas(),
                or.shards(),
                or.backupDays(),
                or.backupRegion(),
                Optional.of(30),
                or.cdn(),
                or.cdnHost());
        return new OneStore(StoreKind.POSTGRES, folder, turns);
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

        WorkDone done = perform(StoreVerb.VERIFY);

        assertThat(done.outcome()).isEqualTo(Outcome.DIFFERENT);
        assertThat(done.differences()).map(Comparison.Different::total).contains(1L);
        assertThatThrownBy(() -> done.requireSame("postgres"))
                .isInstanceOf(StoresDiffer.class)
                .hasMessageContaining("1 different, the first: row 1 (other text)");
    }

    @Test
    void neverTakesUnknownForSame() {
        fenceSource();
        engine.comparison = Optional.of(new Comparison.Unknown("no primary key"));

        WorkDone done = perform(StoreVerb.VERIFY);

        assertThatThrownBy(() -> done.requireSame("postgres"))
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

    @Test
    void followsOntoATargetThatIsItsOwn() {
        assertThat(follow().items()).isEqualTo(4);
        assertThat(artifacts.find(ATTEMPT.claim("postgres"), Claim.class)).isPresent();
        engine.stores.put(TARGET, "rows of before");

        assertThat(follow().outcome()).isEqualTo(Outcome.DONE);

        assertThat(engine.stores).containsEntry(TARGET, "rows");
        assertThat(engine.deeds).containsOnly("follow " + SOURCE + " onto its own target");
    }

    @Test
    void followsOntoNoTargetThatIsAStrangers() {
        engine.stores.put(TARGET, "a stranger's");

        assertThatThrownBy(this::follow).isInstanceOf(TargetNotEmpty.class);
        assertThat(engine.deeds).isEmpty();
    }

    @Test
    void opensATargetThatAnEarlierAttemptHadFenced() {
        engine.fences.put(TARGET, new FenceToken("shop", 1));

        follow();

        assertThat(engine.deeds).startsWith("unfence " + TARGET);
    }

    @Test
    void freesTheSourceThoughTheTargetDoesNotAnswer() {
        follow();
        engine.unreachable.add(TARGET);

        assertThat(perform(StoreVerb.UNFOLLOW).detail()).contains("the source is free", "does not answer");
    }

    @Test
    void saysWhereTheSourceIsNotFree() {
        follow();
        engine.unreachable.add(SOURCE);

        assertThatThrownBy(() -> perform(StoreVerb.UNFOLLOW)).isInstanceOf(StoreUnreachable.class);
    }

    @Test
    void endsTheWayBackAfterTheHold() {
        engine.deeds.clear();

        perform(StoreVerb.FINISH);

        assertThat(engine.deeds).containsExactly("end " + TARGET + " to " + SOURCE);
    }

    private WorkDone follow() {
        return store.work().follow(engine.following().orElseThrow());
    }

    private void fenceSource() {
        store.fenceSource();
    }

    private WorkDone perform(StoreVerb verb) {
        return store.work().perform(verb);
    }
}
