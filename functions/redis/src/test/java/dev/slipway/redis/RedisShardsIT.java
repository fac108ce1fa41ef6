package dev.slipway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.session.RedisStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two databases of one server copied by several workers. */
class RedisShardsIT {
    private static final FenceToken FIRST = new FenceToken("shop", 1);
    private static final FenceToken SECOND = new FenceToken("shop", 2);
    private static final int KEYS = 6_000;

    @TempDir
    static Path folder;

    private static ServerPair servers;

    private final RedisEngine engine = new RedisEngine();
    private final ShardedCopy sharded = engine.sharded().orElseThrow();

    @BeforeAll
    static void start() throws Exception {
        servers = new ServerPair(folder);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @BeforeEach
    void fill() {
        servers.empty();
        try (RedisStore store = RedisStore.open(servers.source())) {
            new EveryType(store).write(500, 2);
        }
        target(store -> store.await(store.server(0).configResetstat()));
        engine.fence(servers.source(), FIRST);
    }

    @Test
    void threeWorkersAtOnceRestoreEachKeyOnceAndAnotherOneFinishes() {
        List<Shard> shards = begin(FIRST, 3);
        assertThat(shards).extracting(Shard::name).containsExactly("0001", "0002", "0003");
        assertThat(shards.get(1).pieces())
                .as("it has some of both databases")
                .extracting(Shard.Piece::table)
                .containsExactly("0", "1");

        assertThat(copiedAtOnce(shards).stream()
                        .mapToLong(CopyOutcome.Copied::items)
                        .sum())
                .isEqualTo(KEYS);

        assertThat(restored()).isEqualTo(KEYS);
        assertThat(begin(FIRST, 3)).as("nothing is left").isEmpty();
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
        copiedAtOnce(begin(FIRST, 3));
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
        List<Shard> shards = begin(FIRST, 3);
        copy(FIRST, shards.get(0));
        copy(FIRST, shards.get(2));

        assertThat(engine.copy(servers.source(), servers.target(), FIRST, Progress.SILENT))
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isBetween(KEYS / 4L, KEYS / 2L));

        assertSame(KEYS);
        assertNothingOfOurs();
    }

    @Test
    void theLastWorkerLooksAtAllKeysBehindAnotherFenceThanThatOfTheShards() {
        copiedAtOnce(begin(FIRST, 3));
        engine.unfence(servers.source(), FIRST);
        try (RedisStore store = RedisStore.open(servers.source())) {
            store.await(store.database(0).set(ServerPair.bytes("later"), ServerPair.bytes("1")));
        }
        engine.fence(servers.source(), FIRST);

        engine.copy(servers.source(), servers.target(), FIRST, Progress.SILENT);

        assertSame(KEYS + 1);
    }

    @Test
    void tellsOfEachShardItsOwnShare() {
        Shard shard = begin(FIRST, 3).getFirst();
        List<Progress.Amount> told = new ArrayList<>();

        CopyOutcome.Copied copied =
                sharded.copy(servers.source(), servers.target(), CopyOptions.under(FIRST), shard, amount -> {
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
        List<Shard> shards = begin(FIRST, 2);
        assertThatThrownBy(() -> sharded.copy(
                        servers.source(), servers.target(), CopyOptions.under(FIRST), shards.getFirst(), amount -> {
                            if (amount.items() > 800) {
                                throw new IllegalStateException("killed");
                            }
                        }))
                .hasMessage("killed");
        assertThat(restored()).isBetween(1L, KEYS / 2L);

        assertThat(shards.stream()
                        .mapToLong(shard -> copy(FIRST, shard).items())
                        .sum())
                .as("what the killed worker had done is the shard's, too")
                .isEqualTo(KEYS);

        assertThat(restored()).isEqualTo(KEYS);
        finish(FIRST);
    }

    @Test
    void aWorkerThatHangsIsCutOffByTheNextOneOfItsShardAndItsSiblingsAreNot() throws Exception {
        List<Shard> shards = begin(FIRST, 2);
        Hanging hanging = new Hanging(shards.getFirst());
        Hanging sibling = new Hanging(shards.getLast());
        copy(FIRST, shards.getFirst());
        hanging.goOn();
        assertThat(hanging.failure()).isInstanceOf(SlipwayException.class);
        sibling.goOn();
        assertThat(sibling.outcome.get(20, TimeUnit.SECONDS).items()).isPositive();
        finish(FIRST);
    }

    @Test
    void aSecondCoordinatorVoidsTheShardsOfTheFirst() throws Exception {
        List<Shard> first = begin(FIRST, 3);
        copy(FIRST, first.getFirst());
        Hanging hanging = new Hanging(first.getLast());

        List<Shard> second = begin(FIRST, 3);

        hanging.goOn();
        assertThat(hanging.failure()).isInstanceOf(SlipwayException.class);
        assertThatThrownBy(() -> copy(FIRST, first.get(1)))
                .isInstanceOf(StaleAttempt.class)
                .hasMessageContaining("another copy has claimed the target");
        copiedAtOnce(second);
        assertThat(restored()).isEqualTo(KEYS);
        finish(FIRST);
    }

    @Test
    void aLaterAttemptVoidsAllShardsOfTheEarlier() throws Exception {
        List<Shard> earlier = begin(FIRST, 3);
        Hanging hanging = new Hanging(earlier.getFirst());
        engine.fence(servers.source(), SECOND);
        List<Shard> later = begin(SECOND, 3);

        hanging.goOn();
        assertThat(hanging.failure()).isInstanceOf(SlipwayException.class);
        assertThatThrownBy(() -> copy(SECOND, earlier.getLast())).isInstanceOf(SlipwayException.class);
        assertThatThrownBy(() -> copy(FIRST, earlier.getLast())).isInstanceOf(FenceBroken.class);
        later.forEach(shard -> copy(SECOND, shard));
        finish(SECOND);
    }

    @Test
    void refusesAShardUnderAFenceThatWasLiftedInBetween() {
        List<Shard> shards = begin(FIRST, 3);
        copy(FIRST, shards.getFirst());
        engine.unfence(servers.source(), FIRST);
        assertThatThrownBy(() -> copy(FIRST, shards.getLast())).isInstanceOf(FenceBroken.class);
        try (RedisStore store = RedisStore.open(servers.source())) {
            store.await(store.database(0).flushdb());
            store.await(store.database(1).set(ServerPair.bytes("new"), ServerPair.bytes("1")));
        }
        engine.fence(servers.source(), FIRST);
        assertThatThrownBy(() -> copy(FIRST, shards.getLast()))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("lifted and raised again");

        begin(FIRST, 3).forEach(shard -> copy(FIRST, shard));

        engine.copy(servers.source(), servers.target(), FIRST, Progress.SILENT);
        assertSame(KEYS / 2 + 1);
    }

    @Test
    void aWorkerThatComesTooLateLeavesNothingOnACompleteTarget() {
        List<Shard> shards = begin(FIRST, 3);
        copiedAtOnce(shards);
        finish(FIRST);

        assertThatThrownBy(() -> copy(FIRST, shards.getFirst())).isInstanceOf(StaleAttempt.class);

        assertNothingOfOurs();
    }

    private List<Shard> begin(FenceToken fence, int workers) {
        try (ShardedCopy.Held held =
                sharded.begin(servers.source(), servers.target(), CopyOptions.under(fence), workers)) {
            assertThat(held.stands())
                    .as("nobody waits for the end of the shards")
                    .isFalse();
            return held.shards();
        }
    }

    private CopyOutcome.Copied copy(FenceToken fence, Shard shard) {
        return sharded.copy(servers.source(), servers.target(), CopyOptions.under(fence), shard, Progress.SILENT);
    }

    /** None begins to copy before all have begun. */
    private List<CopyOutcome.Copied> copiedAtOnce(List<Shard> shards) {
        CyclicBarrier all = new CyclicBarrier(shards.size());
        List<CompletableFuture<CopyOutcome.Copied>> copies = shards.stream()
                .map(shard -> CompletableFuture.supplyAsync(
                        () -> {
                            await(all);
                            return copy(FIRST, shard);
                        },
                        task -> Thread.ofVirtual().start(task)))
                .toList();
        return copies.stream().map(CompletableFuture::join).toList();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
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

    private static void target(Consumer<RedisStore> work) {
        try (RedisStore store = RedisStore.open(servers.targetAdmin())) {
            work.accept(store);
        }
    }

    /** A worker that stops in the middle of its shard until it is told to go on. */
    private final class Hanging {
        private final CountDownLatch inTheMiddle = new CountDownLatch(1);
        private final CountDownLatch further = new CountDownLatch(1);
        private final CompletableFuture<CopyOutcome.Copied> outcome;

        Hanging(Shard shard) throws InterruptedException {
            outcome = CompletableFuture.supplyAsync(
                    () -> sharded.copy(servers.source(), servers.target(), CopyOptions.under(FIRST), shard, amount -> {
                        inTheMiddle.countDown();
                        await(further);
                    }),
                    task -> Thread.ofVirtual().start(task));
            assertThat(inTheMiddle.await(20, TimeUnit.SECONDS)).isTrue();
        }

        void goOn() {
            further.countDown();
        }

        Throwable failure() {
            try {
                return new AssertionError("it copied " + outcome.get(20, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                return Objects.requireNonNull(e.getCause());
            } catch (InterruptedException | TimeoutException e) {
                return e;
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
