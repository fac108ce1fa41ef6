package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Those who copy a store in shards, as the tests of each engine need them: all at once, killed, or hanging in the middle. */
public final class ShardWorkers {
    private static final int PATIENCE_SECONDS = 20;

    private final ShardedCopy sharded;
    private final StoreUrl source;
    private final StoreUrl target;
    private final Function<FenceToken, CopyOptions> options;

    public ShardWorkers(Engine engine, StoreUrl source, StoreUrl target, Function<FenceToken, CopyOptions> options) {
        this.sharded = engine.sharded().orElseThrow();
        this.source = source;
        this.target = target;
        this.options = options;
    }

    /** Cuts the copy for so many workers. */
    public ShardedCopy.Held begin(FenceToken fence, int workers) {
        return sharded.begin(source, target, options.apply(fence), workers);
    }

    /** Cuts the copy, and holds the moment of the source no longer. */
    public List<Shard> cut(FenceToken fence, int workers) {
        try (ShardedCopy.Held held = begin(fence, workers)) {
            return held.shards();
        }
    }

    public CopyOutcome.Copied copy(FenceToken fence, Shard shard) {
        return copy(fence, shard, Progress.SILENT);
    }

    public CopyOutcome.Copied copy(FenceToken fence, Shard shard, Progress progress) {
        return sharded.copy(source, target, options.apply(fence), shard, progress);
    }

    /** Each shard by a worker of its own. None begins to copy before all have begun. */
    public List<CopyOutcome.Copied> copyAtOnce(FenceToken fence, List<Shard> shards) {
        CyclicBarrier all = new CyclicBarrier(shards.size());
        List<CompletableFuture<CopyOutcome.Copied>> copies = shards.stream()
                .map(shard -> start(() -> {
                    await(all);
                    return copy(fence, shard);
                }))
                .toList();
        return copies.stream().map(CompletableFuture::join).toList();
    }

    /** A worker that dies as soon as it is that far, which it must come to. */
    public void lose(FenceToken fence, Shard shard, Predicate<Progress.Amount> there) {
        assertThatThrownBy(() -> copy(fence, shard, amount -> {
                    if (there.test(amount)) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
    }

    /** A worker that is in the middle of its shard, and stays there until it is told to go on. */
    public Hanging hang(FenceToken fence, Shard shard) throws InterruptedException {
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CountDownLatch further = new CountDownLatch(1);
        Hanging hanging = new Hanging(
                further,
                start(() -> copy(fence, shard, amount -> {
                    inTheMiddle.countDown();
                    await(further);
                })));
        assertThat(inTheMiddle.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return hanging;
    }

    /** One that hangs. */
    public record Hanging(CountDownLatch further, CompletableFuture<CopyOutcome.Copied> outcome) {
        public void goOn() {
            further.countDown();
        }

        public CopyOutcome.Copied copied() throws Exception {
            return outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        /** Why it did not copy; an error of this test where it did. */
        public Throwable failure() throws InterruptedException, TimeoutException {
            try {
                return new AssertionError("it copied " + outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                return Objects.requireNonNull(e.getCause());
            }
        }
    }

    private static CompletableFuture<CopyOutcome.Copied> start(Supplier<CopyOutcome.Copied> copy) {
        return CompletableFuture.supplyAsync(copy, task -> Thread.ofVirtual().start(task));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
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
