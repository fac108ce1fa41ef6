package dev.slipway.redis;

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
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.session.RedisStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two databases of one server copied by several workers. */
class RedisShardsIT extends WithServers {
    private static final FenceToken FIRST = new FenceToken("shop", 1);
    private static final FenceToken SECOND = new FenceToken("shop", 2);
    private static final int KEYS = 6_000;

    private final RedisEngine engine = new RedisEngine();
    private final ShardWorkers workers =
            new ShardWorkers(engine, servers.source(), servers.target(), CopyOptions::under);

    @BeforeEach
    void fill() {
        try (RedisStore store = RedisStore.open(servers.source())) {
            new EveryType(store).write(500, 2);
        }
        target(store -> store.await(store.server(0).configResetstat()));
        engine.fence(servers.source(), FIRST);
    }

    @Test
    void threeWorkersAtOnceRestoreEachKeyOnceAndAnotherOneFinishes() {
        List<Shard> shards = workers.cut(FIRST, 3);
        assertThat(shards).extracting(Shard::name).containsExactly("0001", "0002", "0003");
        assertThat(shards.get(1).pieces())
                .as("it has some of both databases")
                .extracting(Shard.Piece::table)
                .containsExactly("0", "1");

        assertThat(workers.copyAtOnce(FIRST, shards).stream()
                        .mapToLong(CopyOutcome.Copied::items)
                        .sum())
                .isEqualTo(KEYS);

        assertThat(restored()).isEqualTo(KEYS);
        assertThat(workers.cut(FIRST, 3)).as("nothing is left").isEmpty();
        assertThat(engine.copy(servers.source(), servers.target(), FIRST, Progress.SILENT))
                .isInstanceOf(CopyOutcome.Skipped.class);
        assertThat(restored()).as("the last worker sends nothing").isEqualTo(KEYS);
        assertThat(called("dump"))
                .as("and looks at no value: only at its claim, as the others did")
                .isLessThan(10);
        assertSame(KEYS);
        assertNothingOfOurs();
    }

    @Test
    void theLastWorkerRemovesWhatWorkersThatDiedHaveLeft() {
        workers.copyAtOnce(FIRST, workers.cut(FIRST, 3));
        target(store ->
                store.await(store.database(1).rpush(OurKeys.half(ServerPair.bytes("key")), ServerPair.bytes("half"))));

        assertThat(engine.copy(servers.source(), servers.target(), FIRST, Progress.SILENT))
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isZero());

        assertThat(called("dump")).isLessThan(10);
        assertSame(KEYS);
        assertNothingOfOurs();
    }

    @Test
    void theLastWorkerLooksAtAllKeysWhereAShardIsNotDone() {
        List<Shard> shards = workers.cut(FIRST, 3);
        workers.copy(FIRST, shards.get(0));
        workers.copy(FIRST, shards.get(2));

        assertThat(engine.copy(servers.source(), servers.target(), FIRST, Progress.SILENT))
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isBetween(KEYS / 4L, KEYS / 2L));

        assertSame(KEYS);
        assertNothingOfOurs();
    }

    @Test
    void theLastWorkerLooksAtAllKeysBehindAnotherFenceThanThatOfTheShards() {
        workers.copyAtOnce(FIRST, workers.cut(FIRST, 3));
        engine.unfence(servers.source(), FIRST);
        try (RedisStore store = RedisStore.open(servers.source())) {
            store.await(store.database(0).set(ServerPair.bytes("later"), ServerPair.bytes("1")));
        }
        engine.fence(servers.source(), FIRST);

        engine.copy(servers.source(), servers.target(), FIRST, Progress.SILENT);

        assertSame(KEYS + 1);
    }

    @Test
    void holdsNothingOfTheSourceForItsWorkers() {
        try (ShardedCopy.Held held = workers.begin(FIRST, 3)) {
            assertThat(held.stands()).isFalse();
        }
    }

    @Test
    void tellsOfEachShardItsOwnShare() {
        Shard shard = workers.cut(FIRST, 3).getFirst();
        List<Progress.Amount> told = new ArrayList<>();

        CopyOutcome.Copied copied = workers.copy(FIRST, shard, amount -> {
            synchronized (told) {
                told.add(amount);
            }
        });

        assertThat(copied.items()).isBetween(KEYS / 4L, KEYS / 2L);
        assertThat(told).allSatisfy(amount -> assertThat(amount.ofItems()).isBetween(KEYS / 4L, KEYS / 2L));
        assertThat(told.getLast().items()).isEqualTo(copied.items());
        assertThat(told.getLast().ofItems()).isEqualTo(copied.items());
    }

    @Test
    void goesOnWhereAWorkerWasKilledAndRestoresNothingTwice() {
        List<Shard> shards = workers.cut(FIRST, 2);
        workers.lose(FIRST, shards.getFirst(), amount -> amount.items() > 800);
        assertThat(restored()).isBetween(1L, KEYS / 2L);

        assertThat(shards.stream()
                        .mapToLong(shard -> workers.copy(FIRST, shard).items())
                        .sum())
                .as("what the killed worker had done is the shard's, too")
                .isEqualTo(KEYS);

        assertThat(restored()).isEqualTo(KEYS);
        finish(FIRST);
    }

    @Test
    void aWorkerThatHangsIsCutOffByTheNextOneOfItsShardAndItsSiblingsAreNot() throws Exception {
        List<Shard> shards = workers.cut(FIRST, 2);
        ShardWorkers.Hanging hanging = workers.hang(FIRST, shards.getFirst());
        ShardWorkers.Hanging sibling = workers.hang(FIRST, shards.getLast());
        workers.copy(FIRST, shards.getFirst());
        hanging.goOn();
        assertThat(hanging.failure()).isInstanceOf(SlipwayException.class);
        sibling.goOn();
        assertThat(sibling.copied().items()).isPositive();
        finish(FIRST);
    }

    @Test
    void aSecondCoordinatorVoidsTheShardsOfTheFirst() throws Exception {
        List<Shard> first = workers.cut(FIRST, 3);
        workers.copy(FIRST, first.getFirst());
        ShardWorkers.Hanging hanging = workers.hang(FIRST, first.getLast());

        List<Shard> second = workers.cut(FIRST, 3);

        hanging.goOn();
        assertThat(hanging.failure()).isInstanceOf(SlipwayException.class);
        assertThatThrownBy(() -> workers.copy(FIRST, first.get(1)))
                .isInstanceOf(StaleAttempt.class)
                .hasMessageContaining("another copy has claimed the target");
        workers.copyAtOnce(FIRST, second);
        assertThat(restored()).isEqualTo(KEYS);
        finish(FIRST);
    }

    @Test
    void aLaterAttemptVoidsAllShardsOfTheEarlier() throws Exception {
        List<Shard> earlier = workers.cut(FIRST, 3);
        ShardWorkers.Hanging hanging = workers.hang(FIRST, earlier.getFirst());
        engine.fence(servers.source(), SECOND);
        List<Shard> later = workers.cut(SECOND, 3);

        hanging.goOn();
        assertThat(hanging.failure()).isInstanceOf(SlipwayException.class);
        assertThatThrownBy(() -> workers.copy(SECOND, earlier.getLast())).isInstanceOf(SlipwayException.class);
        assertThatThrownBy(() -> workers.copy(FIRST, earlier.getLast())).isInstanceOf(FenceBroken.class);
        later.forEach(shard -> workers.copy(SECOND, shard));
        finish(SECOND);
    }

    @Test
    void refusesAShardUnderAFenceThatWasLiftedInBetween() {
        List<Shard> shards = workers.cut(FIRST, 3);
        workers.copy(FIRST, shards.getFirst());
        engine.unfence(servers.source(), FIRST);
        assertThatThrownBy(() -> workers.copy(FIRST, shards.getLast())).isInstanceOf(FenceBroken.class);
        try (RedisStore store = RedisStore.open(servers.source())) {
            store.await(store.database(0).flushdb());
            store.await(store.database(1).set(ServerPair.bytes("new"), ServerPair.bytes("1")));
        }
        engine.fence(servers.source(), FIRST);
        assertThatThrownBy(() -> workers.copy(FIRST, shards.getLast()))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("lifted and raised again");

        workers.cut(FIRST, 3).forEach(shard -> workers.copy(FIRST, shard));

        engine.copy(servers.source(), servers.target(), FIRST, Progress.SILENT);
        assertSame(KEYS / 2 + 1);
    }

    @Test
    void aWorkerThatComesTooLateLeavesNothingOnACompleteTarget() {
        List<Shard> shards = workers.cut(FIRST, 3);
        workers.copyAtOnce(FIRST, shards);
        finish(FIRST);

        assertThatThrownBy(() -> workers.copy(FIRST, shards.getFirst())).isInstanceOf(StaleAttempt.class);

        assertNothingOfOurs();
    }

    /** All keys are there, so there is nothing to send. */
    private void finish(FenceToken fence) {
        assertThat(engine.copy(servers.source(), servers.target(), fence, Progress.SILENT))
                .isInstanceOfAny(CopyOutcome.Skipped.class, CopyOutcome.Copied.class);
        assertSame(KEYS);
        assertNothingOfOurs();
    }

    private void assertSame(long keys) {
        assertThat(engine.compare(servers.source(), servers.target(), Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Same.class, same -> assertThat(same.items()).isEqualTo(keys));
    }

    private static void assertNothingOfOurs() {
        target(store -> assertThat(store.await(store.database(0).exists(OurKeys.claim())))
                .isZero());
    }

    /** How many keys were written, by what the target counts. */
    private static long restored() {
        // Plain strings are written by SET.
        return called("restore") + called("set");
    }

    private static long called(String command) {
        try (RedisStore store = RedisStore.open(servers.targetAdmin())) {
            String counted = store.info("commandstats").getOrDefault("cmdstat_" + command, "");
            return number(counted, "calls") - number(counted, "failed_calls");
        }
    }

    private static long number(String counted, String name) {
        for (String each : counted.split(",", -1)) {
            if (each.startsWith(name + "=")) {
                return Long.parseLong(each.substring(name.length() + 1));
            }
        }
        return 0;
    }
}
