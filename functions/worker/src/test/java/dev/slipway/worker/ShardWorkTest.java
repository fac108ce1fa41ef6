package dev.slipway.worker;

import static dev.slipway.worker.OneStore.ATTEMPT;
import static dev.slipway.worker.OneStore.SOURCE;
import static dev.slipway.worker.OneStore.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.CopyPace;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardReference;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.TargetNotEmpty;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShardWorkTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    void writesDownTheShardsThatItCutsAndCopiesEachByWhatIsWritten(StoreKind kind) {
        OneStore store = fenced(kind);
        store.work().coordinate();
        assertThat(store.artifacts.find(ATTEMPT.claim(store.name()), Claim.class))
                .isPresent();
        ShardReference[] list = store.artifacts.read(ATTEMPT.shards(store.name()), ShardReference[].class);
        assertThat(list).extracting(ShardReference::shard).containsExactly("r", "o", "w", "s");
        for (ShardReference each : list) {
            assertThat(store.work().copy(shard(store, each.shard())).items()).isEqualTo(1);
        }
        assertThat(store.engine.stores).containsEntry(TARGET, "rows");
    }

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    void pressesOnTheSourceNoHarderThanThePlanSays(StoreKind kind) {
        OneStore store = fenced(kind);
        store.work().coordinate();
        store.work().copy(shard(store, "r"));

        assertThat(store.engine.deeds).contains("begin for 3");
        assertThat(store.engine.paces).containsExactly(new CopyPace(1, 4, 2_000_000));
    }

    @Test
    void hasAllWorkersOfAStoreKeepTheirNotesInOnePlaceForAllAttempts() {
        OneStore store = fenced(StoreKind.POSTGRES);
        store.work().coordinate();
        store.work().copy(shard(store, "r"));
        store.work().perform(StoreVerb.RESTORE);
        assertThat(store.engine.notes).hasSize(3).containsOnly("migrations/shop/notes/postgres");
    }

    @Test
    void givesTheLastWorkerTheWholePace() {
        OneStore store = fenced(StoreKind.POSTGRES);
        store.work().perform(StoreVerb.RESTORE);
        assertThat(store.engine.paces).containsExactly(WorkerPlans.PACE);
    }

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    void cutsNothingForATargetThatHoldsWhatThisMigrationDidNotMake(StoreKind kind) {
        OneStore store = fenced(kind);
        store.engine.stores.put(TARGET, "a stranger's");
        assertThatThrownBy(() -> store.work().coordinate()).isInstanceOf(TargetNotEmpty.class);
        assertThat(store.engine.stores).containsEntry(TARGET, "a stranger's");
    }

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    void copiesNoShardBehindTheFenceOfAnotherAttempt(StoreKind kind) {
        OneStore store = fenced(kind);
        store.work().coordinate();
        store.engine.fences.put(SOURCE, new FenceToken("shop", 1));
        assertThatThrownBy(() -> store.work().copy(shard(store, "r"))).isInstanceOf(FenceBroken.class);
    }

    @Test
    void saysThatAnEngineCannotCopyByShards() {
        OneStore store = fenced(StoreKind.REDIS);
        store.engine.isCopiedByOne = true;
        assertThatThrownBy(() -> store.work().coordinate())
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Tried to copy redis by several workers but a store of its kind is copied by one:"
                        + " take its 'workers' out of slipway.yaml");
    }

    private OneStore fenced(StoreKind kind) {
        OneStore store = new OneStore(kind, folder);
        store.fenceSource();
        return store;
    }

    private static Shard shard(OneStore store, String name) {
        return store.artifacts.read(ATTEMPT.shard(store.name(), name), Shard.class);
    }
}
