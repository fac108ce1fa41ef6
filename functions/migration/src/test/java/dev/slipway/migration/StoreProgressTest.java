package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StoreProgressTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void addsUpTheWorkersOfOneStoreAndVerb() {
        StoreProgress first = shard("db", 0, new Progress.Amount("a", 10, 20, 100, 200));
        StoreProgress second = shard("db", 5, new Progress.Amount("b", 1, 2, 10, 20));
        StoreProgress other = shard("log", 0, new Progress.Amount("c", 1, 1, 1, 1));
        assertThat(StoreProgress.together(List.of(first, second, other), shards(200, 20)))
                .containsExactly(shard("db", 5, new Progress.Amount("b", 11, 22, 110, 220)), other);
    }

    @Test
    void knowsNotOfHowManyWhereOneWorkerDoesNot() {
        StoreProgress first = shard("db", 5, new Progress.Amount("a", 10, 0, 100, 200));
        StoreProgress second = shard("db", 0, new Progress.Amount("b", 1, 2, 10, 20));
        assertThat(StoreProgress.together(List.of(first, second), shards(200, 20)))
                .containsExactly(shard("db", 5, new Progress.Amount("a", 11, 0, 110, 220)));
    }

    @Test
    void countsTheShardsThatNobodyHasBegun() {
        StoreProgress first = shard("db", 0, new Progress.Amount("a", 20, 20, 200, 200));
        StoreProgress second = shard("db", 5, new Progress.Amount("b", 2, 2, 20, 20));
        assertThat(StoreProgress.together(List.of(first, second), shards(200, 20, 780)))
                .as("nobody has counted the rows of the third")
                .containsExactly(shard("db", 5, new Progress.Amount("b", 22, 0, 220, 1000)));
    }

    @Test
    void isNeverFurtherThanTheWhole() {
        StoreProgress first = shard("db", 0, new Progress.Amount("a", 0, 0, 200, 200));
        assertThat(StoreProgress.together(List.of(first), shards(90, 10)))
                .containsExactly(shard("db", 0, new Progress.Amount("a", 0, 0, 200, 200)));
    }

    @Test
    void knowsNotOfHowManyWhereNobodyHasEstimatedTheShards() {
        StoreProgress first = shard("db", 0, new Progress.Amount("a", 10, 20, 100, 0));
        assertThat(StoreProgress.together(List.of(first), shards(0, 0)))
                .containsExactly(shard("db", 0, new Progress.Amount("a", 10, 0, 100, 0)));
    }

    @Test
    void asksForTheShardsOfWhatIsCopiedInShardsAlone() {
        StoreProgress verified = new StoreProgress("db", StoreVerb.VERIFY, NOON, new Progress.Amount("a", 1, 2, 3, 4));
        assertThat(StoreProgress.together(List.of(verified), shards(200, 20))).containsExactly(verified);
    }

    /** Of {@code db}. */
    private static Function<String, List<ShardReference>> shards(long... bytes) {
        return store -> store.equals("db")
                ? Arrays.stream(bytes)
                        .mapToObj(each -> new ShardReference("of " + each, each))
                        .toList()
                : List.of();
    }

    private static StoreProgress shard(String store, int seconds, Progress.Amount amount) {
        return new StoreProgress(store, StoreVerb.SHARD, NOON.plusSeconds(seconds), amount);
    }
}
