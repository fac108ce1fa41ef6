package dev.slipway.objects.place;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/** Guesses a content type by the file name's ending, after the table {@code content-types.properties}; a line more is all an ending needs. */
public final class ContentTypes {
    public static final String UNKNOWN = "application/octet-stream";

    private static final Properties TABLE = read();

    private ContentTypes() {}

    public static String of(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 1 ? UNKNOWN : TABLE.getProperty(name.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
    }

    private static Properties read() {
        Properties table = new Properties();
        try (InputStream in =
                Objects.requireNonNull(ContentTypes.class.getResourceAsStream("content-types.properties"))) {
            table.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
