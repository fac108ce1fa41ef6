package dev.slipway.worker;

import dev.slipway.migration.ShardedCopy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** What a coordinator does after it has answered: it holds the snapshot for as long as its lease says, and never for ever. */
final class SnapshotKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotKeeper.class);

    /** Longer than a worker takes to start where one died. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ShardedCopy.Held held;
    private final SnapshotLease lease;
    private final String holder;
    private final InstantSource clock;
    private Instant renewed;
    private long renewals;

    SnapshotKeeper(ShardedCopy.Held held, SnapshotLease lease, String holder, InstantSource clock) {
        this.held = held;
        this.lease = lease;
        this.holder = holder;
        this.clock = clock;
        this.renewed = clock.instant();
    }

    /** Returns when the snapshot is not to be held any more, or is lost. */
    void keep(Duration pause) {
        try {
            Optional<String> end = end();
            while (end.isEmpty()) {
                Thread.sleep(pause);
                end = end();
            }
            LOG.info("The snapshot is let go: {}", end.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            held.close();
        }
    }

    private Optional<String> end() {
        if (!held.stands()) {
            return Optional.of("the source does not hold it any more; the shards go on under the fence");
        }
        Optional<String> end = read().flatMap(this::end);
        boolean forgotten = renewed.plus(PATIENCE).isBefore(clock.instant());
        return end.or(() -> forgotten ? Optional.of("nobody has renewed its lease for " + PATIENCE) : Optional.empty());
    }

    private Optional<String> end(SnapshotLease.Term term) {
        if (term.renewals() != renewals) {
            renewals = term.renewals();
            renewed = clock.instant();
        }
        if (term.closed()) {
            return Optional.of("all shards are done");
        }
        if (!term.holder().equals(holder)) {
            return Optional.of("another coordinator holds one");
        }
        return term.attemptStands() ? Optional.empty() : Optional.of("its attempt is over");
    }

    private Optional<SnapshotLease.Term> read() {
        try {
            return lease.read();
        } catch (SdkException passing) {
            LOG.warn("The lease could not be read: {}", passing.getMessage());
            return Optional.empty();
        }
    }
}
