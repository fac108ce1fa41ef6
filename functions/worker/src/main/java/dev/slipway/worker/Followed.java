package dev.slipway.worker;

import dev.slipway.migration.StoreUrl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A store and the one that follows it, as {@code copy --follow} began it, and how long changing sides may take. */
final class Followed {
    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            converter = StoreArgument.class,
            description = "The store that takes the writes before a cutover.")
    private @Nullable StoreUrl source;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            converter = StoreArgument.class,
            description = "The one that follows it until then.")
    private @Nullable StoreUrl target;

    @Option(
            names = "--max-pause",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = MaxPause.class,
            description = "How long neither side may take writes; past it the one that took them goes on as before."
                    + " Default 60s.")
    private Duration maxPause = Duration.ZERO;

    StoreUrl source() {
        return Output.given(source);
    }

    StoreUrl target() {
        return Output.given(target);
    }

    Duration maxPause() {
        return maxPause;
    }
}
