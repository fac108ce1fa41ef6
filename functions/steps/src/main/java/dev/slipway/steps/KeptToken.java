package dev.slipway.steps;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** A token that is asked for once in a while, though it is shown with every question to the cluster. */
final class KeptToken implements Supplier<String> {
    /** A token of EKS is good for 15 minutes. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(10);

    private final Supplier<String> source;
    private final InstantSource clock;
    private String token = "";
    private Instant end = Instant.MIN;

    KeptToken(Supplier<String> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public synchronized String get() {
        Instant now = clock.instant();
        if (now.isAfter(end)) {
            token = source.get();
            end = now.plus(KEPT_FOR);
        }
        return token;
    }
}
