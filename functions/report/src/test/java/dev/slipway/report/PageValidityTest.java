package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import nu.validator.client.EmbeddedValidator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page as the checker of the HTML standard sees it, its style sheet and its SVG included. */
class PageValidityTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("reports")
    void isValidHtml(String name, Report report) throws Exception {
        EmbeddedValidator validator = new EmbeddedValidator();
        validator.setOutputFormat(EmbeddedValidator.OutputFormat.GNU);
        byte[] page = ReportHtml.render(report).getBytes(StandardCharsets.UTF_8);
        assertThat(validator.validate(new ByteArrayInputStream(page))).as(name).isEmpty();
    }

    static Stream<Object[]> reports() {
        return Stream.concat(
                Stream.of("complete", "rolled-back", "rolled-back-early")
                        .map(name -> new Object[] {name, Examples.report(name)}),
                Stream.of(new Object[] {"hostile", Examples.hostile()}, new Object[] {"empty", Examples.empty()}));
    }
}
