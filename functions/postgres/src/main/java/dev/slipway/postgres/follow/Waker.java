package dev.slipway.postgres.follow;

import dev.slipway.migration.Following.Carrier;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Sees to it that the following server starts what takes the changes in. One from 16 on may overlook a subscription, and what has taken it
 * in and ended, while it waits for another to start ({@code WaitForReplicationWorkerAttach} of launcher.c); it looks again after 180 s
 * (mail-archive.com/pgsql-hackers@lists.postgresql.org/msg173689.html).
 */
final class Waker implements Carrier {
    /** A server starts one again no sooner than this after it did ({@code wal_retrieve_retry_interval}). */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ChangeStream stream;
    private long looked = System.nanoTime();
    private Optional<String> trouble = Optional.empty();

    Waker(ChangeStream stream) {
        this.stream = stream;
    }

    @Override
    public void check() {
        if (System.nanoTime() - looked < EVERY.toNanos()) {
            return;
        }
        looked = System.nanoTime();
        try (PostgresSession to = PostgresSession.open(stream.to())) {
            if (Subscription.isAsleep(to, stream)) {
                Subscription.enable(to, stream);
            }
            trouble = Optional.empty();
        } catch (SQLException | RuntimeException e) {
            // A server that is started anew takes the changes in again.
            trouble = Optional.of(RelaySession.reason(e));
        }
    }

    @Override
    public Optional<String> trouble() {
        return trouble;
    }
}
