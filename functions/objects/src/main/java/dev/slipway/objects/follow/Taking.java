package dev.slipway.objects.follow;

import dev.slipway.migration.PairLock;
import dev.slipway.migration.exception.FollowFailed;
import java.time.Duration;
import java.util.Optional;

/** Waits for a pair's lock as long as the one who has it may take for a pass. */
final class Taking {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(200);

    private Taking() {}

    /** @throws FollowFailed if another one works on the pair for longer than that */
    static PairLock.Hold of(FollowedPair pair, String what) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        PairLock lock = pair.notes().place().lock();
        Optional<PairLock.Hold> hold = lock.tryTake();
        while (hold.isEmpty()) {
            if (System.nanoTime() > until) {
                throw new FollowFailed(
                        what,
                        "another command works on the two, and did not end a pass within " + PATIENCE.toSeconds()
                                + " s",
                        "wait until it has, or end it; it goes on where it was");
            }
            Waiting.sleep(LOOK);
            hold = lock.tryTake();
        }
        return hold.get();
    }
}
