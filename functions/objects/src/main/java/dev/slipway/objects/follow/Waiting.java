package dev.slipway.objects.follow;

import dev.slipway.migration.exception.FollowFailed;
import java.time.Duration;

/** Waits between two looks. */
final class Waiting {
    private Waiting() {}

    /** @throws FollowFailed if it is interrupted */
    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FollowFailed(
                    "follow with objects", "it was interrupted", "run the same again: it goes on where it was", e);
        }
    }
}
