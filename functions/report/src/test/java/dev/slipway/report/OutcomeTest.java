package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void keepsTheCountsOfACompareThatSaysSame() {
        CompareReport report = CompareReport.of(new Comparison.Same(12, 345, "ab12"));
        assertThat(report.outcome()).isEqualTo(CompareReport.Outcome.SAME);
        assertThat(report.items()).contains(12L);
        assertThat(report.digest()).contains("ab12");
    }

    @Test
    void keepsAnUnknownCompareApartFromOneThatIsSame() {
        CompareReport report = CompareReport.of(new Comparison.Unknown("postgres://app:pw@db went away"));
        assertThat(report.outcome()).isEqualTo(CompareReport.Outcome.UNKNOWN);
        assertThat(report.items()).isEmpty();
        assertThat(report.reason()).contains("postgres://app:***@db went away");
    }

    @Test
    void countsAllDifferencesAndListsTheFirst() {
        Comparison.Difference first = new Comparison.Difference(Comparison.Side.ONLY_SOURCE, "key", "");
        CompareReport report = CompareReport.of(new Comparison.Different(1000, List.of(first)));
        assertThat(report.differing()).contains(1000L);
        assertThat(StoreRow.Differences.of(report).summary()).isEqualTo("the first 1 of 1,000");
    }

    @Test
    void saysWhyACopyWasSkipped() {
        CopyReport report = CopyReport.of(new CopyOutcome.Skipped("already there"), Duration.ofMillis(1500), 2);
        assertThat(report.reason()).contains("already there");
        assertThat(report.bytes()).isEmpty();
        assertThat(report.seconds()).isEqualTo(1.5);
    }
}
