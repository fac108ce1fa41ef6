package dev.slipway.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A report as one HTML file that needs no network and runs no script. */
public final class ReportHtml {
    private static final Template PAGE = template();

    private ReportHtml() {}

    public static String render(Report report) {
        return PAGE.execute(Page.of(report));
    }

    private static Template template() {
        try (Reader page = resource("report.html")) {
            return Mustache.compiler()
                    .strictSections(true)
                    .withCollector(new OptionalCollector())
                    .withLoader(ReportHtml::resource)
                    .compile(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reader resource(String name) throws IOException {
        InputStream stream = ReportHtml.class.getResourceAsStream(name);
        if (stream == null) {
            throw new FileNotFoundException(name);
        }
        return new InputStreamReader(stream, StandardCharsets.UTF_8);
    }
}
