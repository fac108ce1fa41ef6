package dev.slipway.objects.follow;

import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.StrictJson;
import dev.slipway.objects.manifest.Manifest;
import dev.slipway.objects.manifest.Noted;
import dev.slipway.objects.manifest.Pass;
import dev.slipway.objects.place.Item;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** All objects that both sides have as the same, in the order of keys, a line each. Every pass writes them anew, whole or not at all. */
final class Twins {
    private static final String NAME = "follow/twins.gz";

    private final CopyNotes notes;

    Twins(CopyNotes notes) {
        this.notes = notes;
    }

    /** Takes twins in the order of keys. */
    @FunctionalInterface
    interface Sink {
        void add(Twin twin) throws IOException;
    }

    /** Writes all twins. */
    @FunctionalInterface
    interface Content {
        void writeTo(Sink sink) throws IOException;
    }

    boolean areThere() throws IOException {
        try (Reader all = read()) {
            return all.isThere();
        }
    }

    Reader read() throws IOException {
        Optional<InputStream> found = notes.artifacts().read(notes.key(NAME));
        return new Reader(
                found.isEmpty()
                        ? null
                        : new BufferedReader(
                                new InputStreamReader(new GZIPInputStream(found.get()), StandardCharsets.UTF_8)));
    }

    /** In the place of those that are there, which may be read meanwhile. */
    void write(Content content) throws IOException {
        notes.artifacts().write(notes.key(NAME), out -> {
            try (Writer text = new OutputStreamWriter(new GZIPOutputStream(out), StandardCharsets.UTF_8)) {
                content.writeTo(twin -> text.write(StrictJson.mapper().writeValueAsString(twin) + "\n"));
            }
        });
    }

    /** Those of a copy that has ended. */
    void takeFrom(Manifest manifest) throws IOException {
        Pass pass = manifest.pass().filter(Pass::finished).orElseThrow();
        write(sink -> {
            for (int range = 0; range < pass.ranges().size(); range++) {
                Iterator<Noted> objects = manifest.objects(pass.number(), range);
                while (objects.hasNext()) {
                    sink.add(of(objects.next()));
                }
            }
        });
    }

    private static Twin of(Noted noted) {
        Item arrived = new Item(noted.key(), noted.source().size(), "", noted.targetTag());
        return new Twin(noted.source(), arrived, "");
    }

    /** One after the other. */
    static final class Reader implements Iterator<Twin>, AutoCloseable {
        private final @Nullable BufferedReader text;
        private @Nullable String line;

        private Reader(@Nullable BufferedReader text) throws IOException {
            this.text = text;
            this.line = text == null ? null : text.readLine();
        }

        private boolean isThere() {
            return text != null;
        }

        @Override
        public boolean hasNext() {
            return line != null;
        }

        @Override
        public Twin next() {
            if (text == null || line == null) {
                throw new NoSuchElementException();
            }
            try {
                Twin twin = StrictJson.mapper().readValue(line, Twin.class);
                line = text.readLine();
                return twin;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            if (text != null) {
                text.close();
            }
        }
    }
}
