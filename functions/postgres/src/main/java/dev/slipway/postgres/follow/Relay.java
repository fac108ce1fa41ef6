package dev.slipway.postgres.follow;

import dev.slipway.migration.Following.Carrier;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries changes on a thread of its own, where the one server cannot reach the other. A turn takes its place; one that was refused leaves it to this again. */
final class Relay implements Carrier {
    private static final Duration IDLE = Duration.ofMillis(10);
    private static final Duration AGAIN = Duration.ofMillis(500);

    /** Looks at a slot that nobody reads, until it counts as left: a turn that takes over lets go of it for a moment. */
    private static final int LOOKS = 4;

    private final ChangeStream stream;
    private final boolean insists;
    private final Thread thread =
            Thread.ofPlatform().name("postgres-relay").daemon().unstarted(this::run);
    private volatile boolean closed;
    private volatile @Nullable RelaySession session;
    private volatile @Nullable String trouble;

    private Relay(ChangeStream stream, boolean insists) {
        this.stream = stream;
        this.insists = insists;
    }

    /** Leaves the stream to another that carries it. */
    static Relay patient(ChangeStream stream) {
        return started(new Relay(stream, false));
    }

    /** Takes it over. */
    static Relay insisting(ChangeStream stream) {
        return started(new Relay(stream, true));
    }

    private static Relay started(Relay relay) {
        relay.thread.start();
        return relay;
    }

    @Override
    public void check() {
        // It goes on as long as it is open.
    }

    @Override
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void run() {
        while (!closed) {
            try {
                awaitLeave();
                carry();
            } catch (SQLException | RuntimeException e) {
                trouble = closed ? null : RelaySession.reason(e);
                pause(AGAIN);
            }
        }
    }

    private void carry() throws SQLException {
        try (RelaySession now = RelaySession.open(stream)) {
            session = now;
            while (!closed) {
                if (!now.step()) {
                    trouble = null;
                    pause(IDLE);
                }
            }
        } finally {
            session = null;
        }
    }

    /** A slot has one reader. */
    private void awaitLeave() throws SQLException {
        try (PostgresSession from = PostgresSession.open(stream.from())) {
            if (insists) {
                StreamSlot.free(from, stream);
                return;
            }
            for (int free = 0; free < LOOKS && !closed; free++) {
                if (StreamSlot.isRead(from, stream)) {
                    trouble = null;
                    free = 0;
                }
                pause(AGAIN);
            }
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        RelaySession now = session;
        if (now != null) {
            now.close();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
