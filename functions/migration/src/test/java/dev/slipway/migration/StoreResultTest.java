package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreResult.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreResultTest {
    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    @Test
    void tellsOfSeveralWorkersThatFailedHowFarTheFurthestWasAndWhyTheLastFailed() {
        StoreResult first = failed(1, 0, 20, 39_690, "the target died");
        StoreResult second = failed(2, 25, 27, 0, "the target is not there");

        StoreResult told = second.after(first);

        assertThat(told.items()).isEqualTo(39_690);
        assertThat(told.bytes()).isEqualTo(396_900);
        assertThat(told.seconds()).isEqualTo(27);
        assertThat(told.tries()).isEqualTo(2);
        assertThat(told.detail()).isEqualTo("the target is not there");
    }

    private static StoreResult failed(int tries, long from, long to, long items, String detail) {
        return new StoreResult(
                "postgres",
                StoreVerb.RESTORE,
                Outcome.FAILED,
                tries,
                START.plusSeconds(from),
                START.plusSeconds(to),
                items,
                items * 10,
                detail,
                Optional.empty(),
                List.of());
    }
}
