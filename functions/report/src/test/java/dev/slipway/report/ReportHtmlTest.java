package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import dev.slipway.report.WeightStep.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportHtmlTest {
    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
    private static final String EVIL = "<script>alert('x')</script>\"&";

    @ParameterizedTest
    @ValueSource(strings = {"complete", "rolled-back", "rolled-back-early"})
    void needsNeitherNetworkNorScript(String example) {
        assertThat(ReportHtml.render(Examples.report(example)))
                .contains("default-src 'none'")
                .doesNotContainIgnoringCase("<script", "<link", "@import", "src=", "href=", "url(", "{{");
    }

    @Test
    void escapesEveryTextOfTheUser() {
        assertThat(ReportHtml.render(evil()))
                .contains("&lt;script&gt;")
                .doesNotContain("<script", "\"\"&")
                .doesNotContain(EVIL);
    }

    @Test
    void showsTheFailedStateAndItsCauseBeforeAnythingElse() {
        String html = ReportHtml.render(Examples.report("rolled-back"));
        assertThat(html).contains("“Verify” failed with StoresDiffer", "Rolled back", "3 rows are not the same");
        assertThat(html.indexOf("“Verify” failed")).isLessThan(html.indexOf("class=\"tiles\""));
    }

    @Test
    void listsTheDifferencesAndTheCommandsThatRemoveLeftovers() {
        assertThat(ReportHtml.render(Examples.report("rolled-back")))
                .contains("Differences of postgres: all 3", "public.children id&#x3D;4711", "3 rows differ")
                .contains("aws cloudformation delete-stack");
    }

    @Test
    void inventsNothingForStoresThatWereNotReached() {
        assertThat(ReportHtml.render(Examples.report("rolled-back-early")))
                .contains("postgres://preschool:***@127.0.0.1:5433/preschool")
                .contains("title=\"not reached or not measured\"")
                .doesNotContain("0 rows", "0 keys", "0 files", "Compared same", "Writes paused", "id=\"shift\"");
    }

    @Test
    void showsOnlyTheOutcomeOfAnAttemptThatReachedNothing() {
        assertThat(ReportHtml.render(empty()))
                .contains("Failed")
                .doesNotContain("id=\"timeline\"", "id=\"stores\"", "id=\"shift\"", "id=\"leftovers\"", "NaN");
    }

    private static Report empty() {
        return new Report(
                "shop",
                1,
                Optional.empty(),
                Report.Outcome.FAILED,
                Optional.empty(),
                START,
                START,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static Report evil() {
        Comparison.Difference difference = new Comparison.Difference(Comparison.Side.BOTH, EVIL, EVIL);
        StoreReport store = new StoreReport(
                EVIL,
                StoreKind.REDIS,
                EVIL,
                Optional.of(EVIL),
                Optional.of(new StoreReport.Snapshot(1, 1, 1, EVIL)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(CompareReport.of(new Comparison.Different(2, List.of(difference)))));
        return new Report(
                EVIL,
                1,
                Optional.of(EVIL),
                Report.Outcome.FAILED,
                Optional.of(new Report.Failure(EVIL, EVIL, EVIL)),
                START,
                START.plusSeconds(5),
                List.of(StateVisit.open(EVIL, START, 1)),
                List.of(store),
                List.of(unmeasured(EVIL)),
                List.of(),
                List.of(new Report.Leftover(EVIL, EVIL, EVIL, EVIL)),
                List.of(Finding.warning(EVIL, EVIL)));
    }

    private static WeightStep unmeasured(String reason) {
        return new WeightStep(
                START,
                10,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Decision.STOP,
                reason);
    }
}
