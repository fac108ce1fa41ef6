package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreProgressTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void addsUpTheWorkersOfOneStoreAndVerb() {
        StoreProgress first = shard("db", 0, new Progress.Amount("a", 10, 20, 100, 200));
        StoreProgress second = shard("db", 5, new Progress.Amount("b", 1, 2, 10, 20));
        StoreProgress other = shard("log", 0, new Progress.Amount("c", 1, 1, 1, 1));
        assertThat(StoreProgress.together(List.of(first, second, other)))
                .containsExactly(shard("db", 5, new Progress.Amount("b", 11, 22, 110, 220)), other);
    }

    @Test
    void knowsNotOfHowManyWhereOneWorkerDoesNot() {
        StoreProgress first = shard("db", 5, new Progress.Amount("a", 10, 0, 100, 200));
        StoreProgress second = shard("db", 0, new Progress.Amount("b", 1, 2, 10, 20));
        assertThat(StoreProgress.together(List.of(first, second)))
                .containsExactly(shard("db", 5, new Progress.Amount("a", 11, 0, 110, 220)));
    }

    private static StoreProgress shard(String store, int seconds, Progress.Amount amount) {
        return new StoreProgress(store, StoreVerb.SHARD, NOON.plusSeconds(seconds), amount);
    }
}
