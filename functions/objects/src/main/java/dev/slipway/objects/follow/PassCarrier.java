package dev.slipway.objects.follow;

import dev.slipway.migration.Following;
import dev.slipway.migration.PairLock;
import dev.slipway.migration.Progress;
import dev.slipway.migration.exception.StoreUnreachable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes one pass after the other, as long as nobody else works on the two, and the changes go the same way. */
final class PassCarrier implements Following.Carrier {
    /** A store that does not answer may be started anew meanwhile. */
    private static final int MOST_FAILURES = 12;

    private final FollowedPair pair;
    private final Function<PairLock.Hold, Sides> opened;
    private final Duration interval;
    private final Thread thread =
            Thread.ofPlatform().name("objects-carry").daemon().unstarted(this::run);
    private volatile @Nullable RuntimeException failure;
    private volatile boolean over;

    private PassCarrier(FollowedPair pair, Function<PairLock.Hold, Sides> opened, Duration interval) {
        this.pair = pair;
        this.opened = opened;
        this.interval = interval;
    }

    /** @param interval between two passes; the one before took as long, where that was longer */
    static PassCarrier start(FollowedPair pair, Function<PairLock.Hold, Sides> opened, Duration interval) {
        PassCarrier carrier = new PassCarrier(pair, opened, interval);
        carrier.thread.start();
        return carrier;
    }

    private void run() {
        int failures = 0;
        while (!over) {
            long began = System.nanoTime();
            try {
                pass();
                failures = 0;
            } catch (StoreUnreachable e) {
                failures++;
                if (failures == MOST_FAILURES) {
                    failure = e;
                    return;
                }
            } catch (RuntimeException e) {
                failure = e;
                return;
            }
            pause(Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private void pass() {
        Optional<PairLock.Hold> taken = pair.notes().place().lock().tryTake();
        if (taken.isEmpty()) {
            return;
        }
        try (PairLock.Hold hold = taken.get()) {
            boolean flows = pair.notes()
                    .state()
                    .filter(state -> state.direction() == pair.direction())
                    .isPresent();
            if (flows) {
                try (Sides sides = opened.apply(hold)) {
                    new FollowPass(sides, PassTerms.carrying(Progress.SILENT)).run();
                }
            }
        }
    }

    private void pause(Duration took) {
        try {
            Thread.sleep(took.compareTo(interval) > 0 ? took : interval);
        } catch (InterruptedException e) {
            over = true;
        }
    }

    @Override
    public void check() {
        RuntimeException failed = failure;
        if (failed != null && !over) {
            throw failed;
        }
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
