package dev.slipway.postgres.session;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import java.time.Duration;

/** How long a worker tries to be the only one at some work, whose earlier ones it ends. */
public final class Takeover {
    private static final RetryPolicy<Boolean> UNTIL_ALONE = RetryPolicy.<Boolean>builder()
            .handleResult(false)
            .withDelay(Duration.ofMillis(50))
            .withMaxRetries(-1)
            .withMaxDuration(Duration.ofSeconds(30))
            .build();

    private Takeover() {}

    /** Tries again until it is alone, or no more. */
    public static boolean succeeds(CheckedSupplier<Boolean> endsOthers) {
        return Failsafe.with(UNTIL_ALONE).get(endsOthers);
    }
}
