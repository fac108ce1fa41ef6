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

/** A page that needs no network and runs no script; every value in it is escaped. */
public final class HtmlTemplate {
    private final Template template;

    private HtmlTemplate(Template template) {
        this.template = template;
    }

    /**
     * The template of that name and the parts that it names: those that lie beside the class, otherwise those that all pages
     * share.
     */
    public static HtmlTemplate of(Class<?> beside, String name) {
        try (Reader page = resource(beside, name)) {
            return new HtmlTemplate(Mustache.compiler()
                    .strictSections(true)
                    .withCollector(new OptionalCollector())
                    .withLoader(part -> resource(beside, part))
                    .compile(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page with what the view says. */
    public String render(Object view) {
        return template.execute(view);
    }

    private static Reader resource(Class<?> beside, String name) throws IOException {
        InputStream own = beside.getResourceAsStream(name);
        InputStream stream = own == null ? HtmlTemplate.class.getResourceAsStream(name) : own;
        if (stream == null) {
            throw new FileNotFoundException(name);
        }
        return new InputStreamReader(stream, StandardCharsets.UTF_8);
    }
}
