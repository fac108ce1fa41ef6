package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.ReadLimit;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.pieces.PiecewiseCopy;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.SetArgs;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Copies by hand: interrupted, overtaken, and of a source that goes on changing. */
class RedisResumeIT extends WithServers {
    private static final CopyOptions BY_HAND = CopyOptions.unfenced();

    private final RedisEngine engine = new RedisEngine();

    @Test
    void goesOnByItselfAndLeavesNothingOfItsOwn() {
        source(store -> new EveryType(store).write(500, 2));
        interrupt(BY_HAND, 2_000);
        target(store -> {
            assertThat(store.await(store.database(0).exists(OurKeys.claim()))).isEqualTo(1);
            // Half a value, as a kill leaves it.
            store.await(store.database(1).rpush(OurKeys.half(bytes("key")), bytes("half")));
        });

        CopyOutcome second = engine.copy(servers.source(), servers.target(), BY_HAND, Progress.SILENT);

        assertThat(second)
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isLessThan(5_000));
        assertSame(6_000);
        target(store -> assertThat(store.keysByDatabase().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(6_000));
    }

    @Test
    void refusesATargetThatHoldsSomethingElse() {
        source(store -> new EveryType(store).write(5, 1));
        target(store -> store.await(store.database(0).set(bytes("somebody's"), bytes("1"))));

        assertThatThrownBy(() -> engine.copy(servers.source(), servers.target(), BY_HAND, Progress.SILENT))
                .isInstanceOf(TargetNotEmpty.class);

        target(store -> assertThat(store.keysByDatabase()).containsExactly(Map.entry(0, 1L)));
    }

    @Test
    void skipsATargetThatHoldsTheSame() {
        source(store -> new EveryType(store).write(5, 1));
        engine.copy(servers.source(), servers.target(), BY_HAND, Progress.SILENT);

        assertThat(engine.copy(servers.source(), servers.target(), BY_HAND, Progress.SILENT))
                .isInstanceOf(CopyOutcome.Skipped.class);
    }

    @Test
    void touchesNoUnfinishedCopyOfAMigration() {
        source(store -> new EveryType(store).write(500, 1));
        engine.fence(servers.source(), new FenceToken("shop", 1));
        interrupt(CopyOptions.under(new FenceToken("shop", 1)), 500);

        assertThatThrownBy(() -> engine.copy(servers.source(), servers.target(), BY_HAND, Progress.SILENT))
                .isInstanceOf(TargetNotEmpty.class)
                .hasMessageContaining("unfinished copy")
                .hasMessageContaining("shop");
    }

    @Test
    void anEarlierAttemptDoesNotUndoALaterOne() {
        source(store -> new EveryType(store).write(500, 1));
        engine.fence(servers.source(), new FenceToken("shop", 2));
        interrupt(CopyOptions.under(new FenceToken("shop", 2)), 500);
        engine.unfence(servers.source(), new FenceToken("shop", 2));
        engine.fence(servers.source(), new FenceToken("shop", 1));

        assertThatThrownBy(() ->
                        engine.copy(servers.source(), servers.target(), new FenceToken("shop", 1), Progress.SILENT))
                .isInstanceOf(StaleAttempt.class)
                .hasMessageContaining("attempt 2");
    }

    @Test
    void stopsWhenAnotherCopyHasClaimedTheTarget() {
        source(store -> new EveryType(store).write(2_000, 1));
        AtomicBoolean overtaken = new AtomicBoolean();

        assertThatThrownBy(() -> engine.copy(servers.source(), servers.target(), BY_HAND, amount -> {
                    if (amount.items() > 1_000 && overtaken.compareAndSet(false, true)) {
                        // On a thread that is not this copy's, which ends its own.
                        CompletableFuture.runAsync(
                                        () -> engine.copy(servers.source(), servers.target(), BY_HAND, Progress.SILENT))
                                .join();
                    }
                }))
                .satisfies(failure -> assertThat(failure.getMessage())
                        .matches("(?s).*(another copy has claimed|the connection broke).*"));
        assertSame(12_000);
    }

    @Test
    void putsNoValueInItsPlaceOnceTheTargetIsAnotherCopys() {
        source(store -> store.await(store.database(0).rpush(bytes("list"), bytes("a"), bytes("b"))));
        try (RedisStore from = RedisStore.open(servers.source());
                RedisStore to = RedisStore.open(servers.targetAdmin())) {
            PiecewiseCopy pieces = new PiecewiseCopy(ReadLimit.of(0), () -> {
                throw new StaleAttempt("copy", "another copy has claimed the target meanwhile", "leave it to that one");
            });
            assertThatThrownBy(() -> pieces.copy(from.shared(0), to.shared(0), bytes("list")))
                    .isInstanceOf(StaleAttempt.class);
            assertThat(to.keysByDatabase()).isEmpty();
        }
    }

    /** Entries newer than the counters that were read before them once made the whole copy fail. */
    @Test
    void copiesAStreamThatIsAddedToMeanwhile() throws InterruptedException {
        byte[] stream = bytes("stream");
        AtomicBoolean open = new AtomicBoolean(true);
        try (RedisStore writer = RedisStore.open(servers.source());
                RedisStore from = RedisStore.open(servers.source());
                RedisStore to = RedisStore.open(servers.targetAdmin())) {
            Thread adding = Thread.ofVirtual().start(() -> {
                while (open.get()) {
                    writer.await(writer.database(0).xadd(stream, Map.of(bytes("field"), bytes("value"))));
                }
            });
            PiecewiseCopy pieces = new PiecewiseCopy(ReadLimit.of(0), () -> {});
            while (from.await(from.database(0).xlen(stream)) < 500) {
                Thread.sleep(10);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(pieces.copy(from.shared(0), to.shared(0), stream)).isInstanceOf(PiecewiseCopy.Written.class);
            }
            open.set(false);
            adding.join();
            pieces.copy(from.shared(0), to.shared(0), stream);
            assertThat(to.await(to.database(0).xlen(stream)))
                    .isEqualTo(from.await(from.database(0).xlen(stream)));
        }
    }

    @Test
    void refusesASourceThatIsHalfACopyItself() {
        source(store -> store.await(store.database(0).hset(OurKeys.claim(), bytes("source"), bytes("another"))));

        assertThatThrownBy(() -> engine.copy(servers.source(), servers.target(), BY_HAND, Progress.SILENT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("not complete");
    }

    @Test
    void followsWhatTheAppWritesMeanwhile() {
        source(store -> {
            new EveryType(store).write(1_000, 1);
            store.await(store.database(0).set(bytes("renewed"), bytes("1"), SetArgs.Builder.px(60_000)));
            store.await(store.database(0).set(bytes("deleted"), bytes("1")));
            store.await(store.database(0).set(bytes("changed"), bytes("1")));
        });
        AtomicBoolean written = new AtomicBoolean();

        engine.copy(servers.source(), servers.target(), BY_HAND, amount -> {
            if (amount.items() > 4_000 && written.compareAndSet(false, true)) {
                source(store -> {
                    store.await(store.database(0).pexpire(bytes("renewed"), 600_000_000));
                    store.await(store.database(0).del(bytes("deleted")));
                    store.await(store.database(0).set(bytes("changed"), bytes("2")));
                    store.await(store.database(3).set(bytes("new"), bytes("1")));
                });
            }
        });

        assertThat(written).isTrue();
        assertSame(6_003);
    }

    @Test
    void followsAFlushOfTheSource() {
        source(store -> new EveryType(store).write(1_000, 1));
        AtomicBoolean flushed = new AtomicBoolean();

        engine.copy(servers.source(), servers.target(), BY_HAND, amount -> {
            if (amount.items() > 2_000 && flushed.compareAndSet(false, true)) {
                source(store -> {
                    store.await(store.database(0).flushall());
                    store.await(store.database(0).set(bytes("left"), bytes("1")));
                });
            }
        });

        assertSame(1);
    }

    private void interrupt(CopyOptions options, long items) {
        assertThatThrownBy(() -> engine.copy(servers.source(), servers.target(), options, amount -> {
                    if (amount.items() >= items) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
    }

    private void assertSame(long items) {
        assertThat(engine.compare(servers.source(), servers.target(), Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Same.class, same -> assertThat(same.items()).isEqualTo(items));
    }
}
