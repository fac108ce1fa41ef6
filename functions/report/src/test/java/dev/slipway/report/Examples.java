package dev.slipway.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Reports as they lie beside the tests; {@code main} prints one as HTML, to look at. */
final class Examples {
    private Examples() {}

    public static void main(String... names) {
        System.out.print(ReportHtml.render(report(names[0])));
    }

    static Report report(String name) {
        try {
            return ReportJson.read(json(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String json(String name) {
        try (InputStream stream = Objects.requireNonNull(Examples.class.getResourceAsStream(name + ".json"), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
