package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.ShiftDecision;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportHtmlTest {

    @ParameterizedTest
    @ValueSource(strings = {"complete", "rolled-back", "rolled-back-early"})
    void needsNeitherNetworkNorScript(String example) {
        assertThat(ReportHtml.render(Examples.report(example)))
                .contains("default-src 'none'")
                .doesNotContainIgnoringCase("<script", "<link", "@import", "src=", "href=", "url(", "{{");
    }

    @Test
    void escapesEveryTextOfTheUser() {
        assertThat(ReportHtml.render(Examples.hostile()))
                .contains("&lt;script&gt;")
                .doesNotContain("<script", "\"\"&")
                .doesNotContain(Examples.HOSTILE);
    }

    @Test
    void losesNoTextOfTheUser() {
        Matcher texts = Pattern.compile("hostile-\\d+").matcher(ReportHtml.render(Examples.hostile()));
        assertThat(texts.results().map(MatchResult::group).distinct()).hasSize(Examples.HOSTILE_TEXTS);
    }

    @Test
    void saysWhatWasChangedOnAwsAndWhereTheMinutesWent() {
        String text = HtmlPage.text(ReportHtml.render(Examples.report("complete")));
        assertThat(text).contains("What was changed on AWS", "11 added in one stack.");
        String slowest = text.substring(
                text.indexOf("Where the minutes went"), text.indexOf("Every resource of the change set"));
        assertThat(slowest)
                .containsSubsequence("PostgresInstance", "RedisGroup", "LoadBalancer", "ZoneANatGateway", "AppSecret")
                .doesNotContain("AWS::Logs::LogGroup");
    }

    @Test
    void saysThatNothingHadToBeChanged() {
        assertThat(ProvisionView.of(
                                new ProvisionReport("slipway-shop", List.of(), ProvisionReport.Ending.DONE, List.of()))
                        .summary())
                .isEqualTo("Nothing: the stack was already as planned.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DONE   | 1 added in one stack.
                    UNDONE | 1 added in one stack: one of them failed, and all of it was undone.
                    BEGUN  | 1 added in one stack: that was begun, and not seen to its end.
                    """)
    void saysWhatBecameOfTheChange(ProvisionReport.Ending ending, String summary) {
        List<ProvisionReport.Change> changes =
                List.of(new ProvisionReport.Change("Vpc", "AWS::EC2::VPC", ProvisionReport.Action.ADD));
        assertThat(ProvisionView.of(new ProvisionReport("slipway-shop", changes, ending, List.of()))
                        .summary())
                .isEqualTo(summary);
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "rolled-back", "rolled-back-early"})
    void showsTheSameFactsAsTheJson(String example) {
        Report report = Examples.report(example);
        String text = HtmlPage.text(ReportHtml.render(report));
        for (StoreReport store : report.stores()) {
            assertThat(text).contains(store.name(), store.source());
            store.target().ifPresent(it -> assertThat(text).contains(it));
            store.snapshot()
                    .ifPresent(it -> assertThat(text)
                            .contains(Units.items(store.kind(), it.items()), Units.bytes(it.bytes()), it.location()));
            store.copy()
                    .flatMap(CopyReport::items)
                    .ifPresent(it -> assertThat(text).contains(Units.items(store.kind(), it)));
            store.copy()
                    .flatMap(CopyReport::reason)
                    .ifPresent(it -> assertThat(text).contains(it));
            store.compare()
                    .flatMap(CompareReport::digest)
                    .ifPresent(it -> assertThat(text).contains(it));
            store.compare().map(CompareReport::differences).stream()
                    .flatMap(List::stream)
                    .forEach(it -> assertThat(text).contains(it.item(), it.detail()));
        }
        Stream.of(
                        report.timeline().stream().map(StateVisit::state),
                        report.leftovers().stream().map(Report.Leftover::removal),
                        report.warnings().stream().map(Finding::message),
                        report.shift().stream()
                                .filter(it -> it.decision() == ShiftDecision.Decision.GO)
                                .map(WeightStep::reason))
                .flatMap(it -> it)
                .forEach(it -> assertThat(text).contains(it));
    }

    @Test
    void answersFirstAndGoesIntoDetailAfterwards() {
        String html = ReportHtml.render(Examples.report("complete"));
        assertThat(Pattern.compile("<h([1-6])[^>]*>([^<]*)")
                        .matcher(html)
                        .results()
                        .map(it -> it.group(1) + it.group(2)))
                .containsExactly(
                        "1crp-preschool",
                        "2In short",
                        "2What needs attention",
                        "3Warnings",
                        "3Left behind",
                        "2Stores",
                        "2Timeline",
                        "2What was changed on AWS",
                        "2Traffic");
    }

    @Test
    void staysReadableWithFortyStores() {
        String text = HtmlPage.text(ReportHtml.render(Examples.ofUncomparedStores(40)));
        assertThat(text)
                .contains("store-0 was not compared", "store-4 was not compared; and 35 more")
                .contains("store-39");
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
                .contains("aws stepfunctions start-execution");
    }

    @Test
    void inventsNothingForStoresThatWereNotReached() {
        assertThat(ReportHtml.render(Examples.report("rolled-back-early")))
                .contains("postgres://preschool:***@127.0.0.1:5433/preschool")
                .contains(">not reached or not measured<")
                .doesNotContain(
                        "0 rows",
                        "0 keys",
                        "0 files",
                        ">Compared same<",
                        "<span class=\"label\">Writes paused",
                        "id=\"shift\"");
    }

    @Test
    void showsOnlyTheOutcomeOfAnAttemptThatReachedNothing() {
        assertThat(ReportHtml.render(Examples.empty()))
                .contains("Failed")
                .doesNotContain("id=\"timeline\"", "id=\"stores\"", "id=\"shift\"", "id=\"leftovers\"", "NaN");
    }
}
