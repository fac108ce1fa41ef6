package dev.slipway.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The JSON schema of {@code slipway.yaml}, by which an editor completes and checks it. */
public final class SpecSchema {
    /** What the file is called beside {@code slipway.yaml}. */
    public static final String FILE = "slipway.schema.json";

    private SpecSchema() {}

    public static String text() {
        try (InputStream schema = Objects.requireNonNull(SpecSchema.class.getResourceAsStream(FILE))) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
