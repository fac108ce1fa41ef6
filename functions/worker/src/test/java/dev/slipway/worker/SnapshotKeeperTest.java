package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.worker.SnapshotLease.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;

@Timeout(30)
class SnapshotKeeperTest {
    private static final Term HELD = new Term("me", 1, false, true);
    private static final Duration A_MINUTE_A_LOOK = Duration.ofMinutes(1);

    private final FakeSnapshot snapshot = new FakeSnapshot();

    @Test
    void letsGoWhenTheMachineClosesTheLease() {
        assertThat(looks(Stream.of(HELD, HELD, new Term("me", 1, true, true)))).isEqualTo(3);
    }

    @Test
    void letsGoWhenAnotherCoordinatorHoldsOne() {
        assertThat(looks(Stream.of(HELD, new Term("another", 0, false, true)))).isEqualTo(2);
    }

    @Test
    void letsGoWhenTheAttemptIsOver() {
        assertThat(looks(Stream.of(HELD, new Term("me", 1, false, false)))).isEqualTo(2);
    }

    @Test
    void holdsItForAsLongAsSomebodyRenewsTheLease() {
        assertThat(looks(LongStream.rangeClosed(1, 500).mapToObj(i -> new Term("me", i, i == 500, true))))
                .isEqualTo(500);
    }

    @Test
    void letsGoWhenNobodyHasRenewedItForTenMinutes() {
        assertThat(looks(Stream.generate(() -> HELD))).isEqualTo(11);
    }

    @Test
    void letsGoTooWhenTheLeaseCanNotBeReadForSoLong() {
        AtomicInteger looks = new AtomicInteger();
        keep(() -> {
            looks.incrementAndGet();
            throw SdkClientException.create("no route");
        });
        assertThat(looks).hasValue(11);
    }

    @Test
    void endsWithTheSessionThatHeldIt() {
        snapshot.stands = false;
        assertThat(looks(Stream.of(HELD))).isZero();
    }

    /** How often the lease was read until the snapshot was let go. */
    private int looks(Stream<Term> terms) {
        Iterator<Term> each = terms.iterator();
        AtomicInteger looks = new AtomicInteger();
        keep(() -> {
            looks.incrementAndGet();
            return Optional.of(each.next());
        });
        return looks.get();
    }

    private void keep(Supplier<Optional<Term>> row) {
        AtomicInteger minutes = new AtomicInteger();
        new SnapshotKeeper(
                        snapshot,
                        new FakeLease(row),
                        "me",
                        () -> Instant.EPOCH.plus(A_MINUTE_A_LOOK.multipliedBy(minutes.getAndIncrement())))
                .keep(Duration.ZERO);
        assertThat(snapshot.closed).isTrue();
    }

    /** A lease that says what a test wants. */
    private record FakeLease(Supplier<Optional<Term>> row) implements SnapshotLease {
        @Override
        public void open(String holder) {}

        @Override
        public void renew(String holder) {}

        @Override
        public Optional<Term> read() {
            return row.get();
        }
    }

    /** A snapshot that a test can lose. */
    private static final class FakeSnapshot implements ShardedCopy.Held {
        boolean stands = true;
        boolean closed;

        @Override
        public List<Shard> shards() {
            return List.of();
        }

        @Override
        public boolean stands() {
            return stands;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
