package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private final StringWriter written = new StringWriter();
    private Instant now = Instant.parse("2026-11-21T09:00:00Z");
    private final ProgressLines lines = new ProgressLines(new PrintWriter(written), StoreKind.POSTGRES, () -> now);

    @Test
    void saysHowFarItIsAndHowLongItWillStillTakeOnceInTwoSeconds() {
        for (int tenth = 0; tenth <= 63; tenth++) {
            report(tenth * 1000L, tenth * 100_000L, 20_000_000);
            now = now.plusMillis(100);
        }
        assertThat(written.toString().lines())
                .hasSize(3)
                .last()
                .isEqualTo("public.visits  6.3 MB of 20.0 MB  63,000 rows  1.0 MB/s  about 15 s left");
    }

    @Test
    void saysNoTimeOfAWorkWhoseEndIsUnknown() {
        for (int second = 0; second <= 6; second++) {
            report(second * 1000L, second * 100_000L, 0);
            now = now.plusSeconds(1);
        }
        assertThat(written.toString()).contains("6,000 rows  100 kB/s").doesNotContain("left");
    }

    private void report(long rows, long bytes, long ofBytes) {
        lines.report(new Progress.Amount("public.visits", rows, 0, bytes, ofBytes));
    }
}
