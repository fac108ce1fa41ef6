package dev.slipway.report.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.plan.KeyFate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.report.HtmlPage;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanHtmlTest {
    /** As the checker of the HTML standard sees it, its style sheet and its SVG included. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void isValidHtml(String name, Plan plan) throws Exception {
        assertThat(HtmlPage.errors(PlanHtml.render(plan))).as(name).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void needsNeitherNetworkNorScript(String name, Plan plan) {
        assertThat(PlanHtml.render(plan))
                .as(name)
                .contains("default-src 'none'")
                .doesNotContainIgnoringCase("<script", "<link", "@import", "src=", "href=", "url(", "{{");
    }

    static Stream<Object[]> plans() {
        return Stream.of(
                new Object[] {"preschool", PlanExamples.preschool()},
                new Object[] {"one service", PlanExamples.ofServices(1)},
                new Object[] {"forty services", PlanExamples.ofServices(40)},
                new Object[] {"hostile", PlanExamples.hostile().plan()},
                new Object[] {"empty", PlanExamples.empty()});
    }

    @Test
    void escapesEveryTextOfTheUser() {
        assertThat(PlanHtml.render(PlanExamples.hostile().plan()))
                .contains("&lt;script&gt;")
                .doesNotContain("<script", "\"\"&")
                .doesNotContain(PlanExamples.HOSTILE);
    }

    @Test
    void losesNoTextOfTheUser() {
        PlanExamples.Hostile hostile = PlanExamples.hostile();
        Matcher texts = Pattern.compile("hostile-\\d+(?=&lt;)").matcher(PlanHtml.render(hostile.plan()));
        assertThat(texts.results().map(MatchResult::group).distinct()).hasSize(hostile.texts());
    }

    @Test
    void showsTheSameFactsAsTheJson() {
        Plan plan = PlanExamples.preschool();
        String text = HtmlPage.text(PlanHtml.render(plan));
        assertThat(text)
                .contains(
                        Words.dollars(plan.cost().monthlyUsd()),
                        plan.cost().pricesAsOf(),
                        plan.strategyReason(),
                        plan.secret());
        Stream.of(
                        plan.warnings().stream().map(Finding::message),
                        plan.services().stream().flatMap(it -> Stream.of(it.name(), it.image())),
                        plan.services().stream().flatMap(it -> it.paths().stream()),
                        plan.stores().stream().flatMap(it -> Stream.of(it.name(), it.target(), it.instance())),
                        plan.stores().stream()
                                .flatMap(it -> it.sourceUrl().stream().map(SourceUrl::text)),
                        plan.environment().stream().map(it -> it.name()),
                        plan.resources().stream().flatMap(it -> Stream.of(it.type(), it.name(), it.from())),
                        plan.cost().lines().stream()
                                .flatMap(it -> Stream.of(it.item(), it.quantity(), Words.dollars(it.monthlyUsd()))),
                        plan.cost().savings().stream().flatMap(it -> Stream.of(it.name(), it.condition())),
                        plan.cost().run().steps().stream().flatMap(it -> Stream.of(it.name(), it.basis())),
                        plan.cost().remarks().stream(),
                        plan.mapping().stream().flatMap(it -> Stream.of(it.from(), it.to(), it.note())),
                        Stream.of(plan.kept(), plan.changed(), plan.lost())
                                .flatMap(it -> it.stream())
                                .map(KeyFate::why))
                .flatMap(it -> it)
                .forEach(it -> assertThat(text).contains(it));
    }

    @Test
    void saysFirstWhatNeedsADecision() {
        String html = PlanHtml.render(PlanExamples.hostile().plan());
        assertThat(Pattern.compile("<h2[^>]*>([^<:]*)").matcher(html).results().map(it -> it.group(1)))
                .containsExactly(
                        "In short",
                        "Blockers",
                        "Warnings",
                        "Today and on AWS",
                        "What becomes of each part",
                        "Stores",
                        "Services",
                        "Jobs",
                        "Environment",
                        "How it is moved",
                        "Keys of the app’s files",
                        "Cost a month",
                        "The run once",
                        "Made on AWS");
    }

    @Test
    void tellsOnceWhatSeveralServicesShare() {
        String html = PlanHtml.render(PlanExamples.ofServices(40));
        assertThat(html.split("it has no health check", -1)).hasSize(2);
        assertThat(html.split(">DATABASE_URL<", -1)).hasSize(2);
    }

    @Test
    void showsWhatTheTargetTurnsOutToHaveAsSuch() {
        assertThat(PlanHtml.render(PlanExamples.ofServices(1)))
                .contains(
                        "<span class=\"piece secret\">PASSWORD</span>",
                        "<span class=\"piece target\">db login@host:port</span>",
                        "<span class=\"piece target\">db query</span>");
    }
}
