package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page as the checker of the HTML standard sees it, its style sheet and its SVG included. */
class PageValidityTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("reports")
    void isValidHtml(String name, Report report) throws Exception {
        assertThat(HtmlPage.errors(ReportHtml.render(report))).as(name).isEmpty();
    }

    static Stream<Object[]> reports() {
        return Stream.concat(
                Stream.of("complete", "rolled-back", "rolled-back-early")
                        .map(name -> new Object[] {name, Examples.report(name)}),
                Stream.of(new Object[] {"hostile", Examples.hostile()}, new Object[] {"empty", Examples.empty()}));
    }
}
