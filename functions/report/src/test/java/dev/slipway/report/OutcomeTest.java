package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreResult.Outcome;
import dev.slipway.migration.StoreVerb;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    @Test
    void keepsTheCountsOfACompareThatSaysSame() {
        CompareReport report = CompareReport.of(result(Outcome.SAME, "sha256 ab12", Optional.empty()));
        assertThat(report.outcome()).isEqualTo(CompareReport.Outcome.SAME);
        assertThat(report.items()).contains(12L);
        assertThat(report.digest()).contains("ab12");
        assertThat(report.seconds()).isEqualTo(1.5);
        assertThat(report.at()).isEqualTo(START.plusMillis(1500));
    }

    @Test
    void keepsAnUnknownCompareApartFromOneThatIsSame() {
        CompareReport report =
                CompareReport.of(result(Outcome.UNKNOWN, "postgres://app:pw@db went away", Optional.empty()));
        assertThat(report.outcome()).isEqualTo(CompareReport.Outcome.UNKNOWN);
        assertThat(report.items()).isEmpty();
        assertThat(report.reason()).contains("postgres://app:***@db went away");
    }

    @Test
    void saysThatACompareWhichFailedCouldNotTell() {
        CompareReport report = CompareReport.of(result(Outcome.FAILED, "the fence does not stand", Optional.empty()));
        assertThat(report.outcome()).isEqualTo(CompareReport.Outcome.UNKNOWN);
        assertThat(report.reason()).contains("the fence does not stand");
    }

    @Test
    void countsAllDifferencesAndListsTheFirst() {
        Comparison.Difference first = new Comparison.Difference(Comparison.Side.ONLY_SOURCE, "key", "");
        CompareReport report = CompareReport.of(
                result(Outcome.DIFFERENT, "", Optional.of(new Comparison.Different(1000, List.of(first)))));
        assertThat(report.differing()).contains(1000L);
        assertThat(report.items()).isEmpty();
        assertThat(DifferenceList.of(report).summary()).isEqualTo("the first 1 of 1,000");
    }

    @Test
    void saysWhyACopyWasSkipped() {
        CopyReport report = CopyReport.of(
                result(Outcome.SKIPPED, "already there", Optional.empty()), 1.5, Optional.empty(), List.of());
        assertThat(report.outcome()).isEqualTo(CopyReport.Outcome.SKIPPED);
        assertThat(report.reason()).contains("already there");
        assertThat(report.bytes()).isEmpty();
    }

    @Test
    void saysHowFarACopyWasThatFailed() {
        CopyReport report = CopyReport.of(
                result(Outcome.FAILED, "the target went away", Optional.empty()), 1.5, Optional.empty(), List.of());
        assertThat(report.outcome()).isEqualTo(CopyReport.Outcome.STOPPED);
        assertThat(report.items()).contains(12L);
        assertThat(report.reason()).contains("the target went away");
    }

    @Test
    void carriesWhatACopyLeftOutWithoutItsPasswords() {
        StoreResult done = result(Outcome.DONE, "", Optional.empty());
        CopyReport report = CopyReport.of(done, 1.5, Optional.empty(), done.findings());
        assertThat(report.findings()).containsExactly(Finding.warning("role app", "has postgres://app:***@db"));
    }

    private static StoreResult result(Outcome outcome, String detail, Optional<Comparison.Different> differences) {
        return new StoreResult(
                "db",
                StoreVerb.VERIFY,
                outcome,
                1,
                START,
                START.plusMillis(1500),
                outcome == Outcome.SKIPPED ? 0 : 12,
                outcome == Outcome.SKIPPED ? 0 : 345,
                detail,
                differences,
                List.of(Finding.warning("role app", "has postgres://app:pw@db")));
    }
}
